import NIOCore
import NIOPosix

/// A server on a loopback port of its own that answers in plain HTTP to whatever comes: what stands
/// at a port that was meant for TLS.
final class PlainServer: Sendable {
    let port: Int
    private let channel: any Channel

    init() async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Refusing())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
        self.channel = channel
    }

    deinit { channel.close(mode: .all, promise: nil) }
}

/// Leaves it to the other side to end the connection: an early end would hide the answer.
private final class Refusing: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let answer = ByteBuffer(string: "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
        context.writeAndFlush(wrapOutboundOut(answer), promise: nil)
    }
}
