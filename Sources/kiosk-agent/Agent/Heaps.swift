internal import CProcess

/// The heaps that malloc keeps for the threads of this process.
enum Heaps {
    /// As many as a small terminal has processors; work that waits for a disk and a network does
    /// not fight for them.
    private static let max: Int32 = 2

    /// To be called before there are threads. glibc would give up to eight heaps for each
    /// processor, one to each new thread, and what one of them held it does not give back: with
    /// threads that come and go the memory grows for hours.
    static func begin() { CProcess_limitHeaps(max) }
}
