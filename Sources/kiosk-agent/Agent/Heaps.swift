internal import CProcess

/// The heaps that malloc keeps for the threads of this process.
enum Heaps {
    /// One for the calls to the platform, one for the ledger, one for all others. With two the
    /// former fight for one: a twentieth of a drain went into that.
    private static let max: Int32 = 3

    /// To be called before there are threads. glibc would give up to eight heaps for each
    /// processor, one to each new thread, and what one of them held it does not give back: with
    /// threads that come and go the memory grows for hours.
    static func begin() { CProcess_limitHeaps(max) }
}
