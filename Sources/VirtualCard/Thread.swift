internal import Glibc

/// Runs `body` on a new detached thread; wraps `pthread_create`, whose error it returns (0: none).
func startThread(_ body: @escaping @Sendable () -> Void) -> Int32 {
    let work = Unmanaged.passRetained(ThreadWork(body))
    var thread = pthread_t()
    let failure = pthread_create(&thread, nil, runThreadWork, work.toOpaque())
    if failure == 0 {
        pthread_detach(thread)
    } else {
        work.release()
    }
    return failure
}

/// The closure of a thread as an object that can travel through a C pointer.
private final class ThreadWork: Sendable {
    let body: @Sendable () -> Void

    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func runThreadWork(_ work: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let work { Unmanaged<ThreadWork>.fromOpaque(work).takeRetainedValue().body() }
    return nil
}
