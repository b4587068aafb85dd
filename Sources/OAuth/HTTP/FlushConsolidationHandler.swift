public import NIOCore

/// Hands all that one turn of the loop writes to a connection to the system at once.
///
/// The HTTP client flushes a request's head and then its body: two packets, two calls of the
/// system, and two readings for whoever answers. To be added next to the socket.
public final class FlushConsolidationHandler: ChannelOutboundHandler {
    public typealias OutboundIn = ByteBuffer

    private var isDue = false

    public init() {}

    /// Puts the flush off until the work that is under way on the loop has been done.
    public func flush(context: ChannelHandlerContext) {
        guard !isDue else { return }
        isDue = true
        context.eventLoop.assumeIsolated().execute { self.flushWhatIsDue(context) }
    }

    /// What was written before the end still leaves, as TLS's farewell.
    public func close(
        context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?
    ) {
        flushWhatIsDue(context)
        context.close(mode: mode, promise: promise)
    }

    private func flushWhatIsDue(_ context: ChannelHandlerContext) {
        guard isDue else { return }
        isDue = false
        context.flush()
    }
}
