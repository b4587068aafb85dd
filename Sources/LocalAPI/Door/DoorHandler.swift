internal import NIOCore
internal import NIOHTTPTypes

/// Tells a ``Door`` what one connection does, and drops it when it is too slow.
///
/// Too slow is who has not sent the head of a first request in ``APILimits/arrivalMax``, however it
/// drips, and who takes in nothing of its answer for ``APILimits/stalledMax``. Later heads have as
/// long as a connection may rest; until they are there it can be dropped for a new one.
final class DoorHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let door: Door
    private var visitor: Int?
    /// Requests whose answers are not written to their ends.
    private var owed = 0
    private var isArriving = false
    private var firstHead: Scheduled<Void>?
    private var stalled: Scheduled<Void>?

    init(door: Door) { self.door = door }

    func channelActive(context: ChannelHandlerContext) {
        firstHead = drop(context, after: APILimits.arrivalMax)
        visitor = door.came(context.channel)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        cancel()
        if let visitor { door.left(visitor) }
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { cancel() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            firstHead?.cancel()
            isArriving = true
            owed += 1
            if let visitor { door.asked(visitor) }
        case .body: break
        case .end:
            isArriving = false
            rest()
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            // What was no HTTP has an answer, too.
            owed = max(0, owed - 1)
            rest()
        }
        context.write(data, promise: promise)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stalled?.cancel()
        stalled = context.channel.isWritable ? nil : drop(context, after: APILimits.stalledMax)
        context.fireChannelWritabilityChanged()
    }

    private func rest() {
        if owed == 0, !isArriving, let visitor { door.answered(visitor) }
    }

    private func drop(_ context: ChannelHandlerContext, after time: Duration) -> Scheduled<Void> {
        context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: TimeAmount(time)) {
            context.close(promise: nil)
        }
    }

    private func cancel() {
        firstHead?.cancel()
        stalled?.cancel()
    }
}
