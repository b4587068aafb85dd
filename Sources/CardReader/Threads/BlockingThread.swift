import Glibc

/// A POSIX thread for calls that block: the cooperative pool has one thread per core, and a call
/// that hangs there would stop the whole program.
enum BlockingThread {
    private final class Start: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    /// Runs `body` on a new detached thread.
    static func start(_ body: @escaping @Sendable () -> Void) {
        let start = Unmanaged.passRetained(Start(body)).toOpaque()
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, run, start)
        // Out of threads or memory: nothing useful is left to do, and systemd starts us again.
        precondition(code == 0, "no thread can be started: error \(code)")
        pthread_detach(thread)
    }

    private typealias Pointer = UnsafeMutableRawPointer

    // A constant, as the compiler (6.3.1) crashes on a closure handed to pthread_create.
    private static let run: @convention(c) (Pointer?) -> Pointer? = {
        Unmanaged<Start>.fromOpaque($0!).takeRetainedValue().body()
        return nil
    }
}
