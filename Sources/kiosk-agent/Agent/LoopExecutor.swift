internal import AsyncHTTPClient
internal import NIOCore

/// Runs a task on the thread that a client makes its calls on.
///
/// For work that mostly waits for them: each answer is taken in where it arrives, and no other
/// thread has to wake up for it. Such work must not hold the thread.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    /// `client` makes all its calls on one loop, as those of `forPlatform` do.
    init(of client: HTTPClient) { loop = client.eventLoopGroup.next() }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        loop.execute { job.runSynchronously(on: executor) }
    }
}
