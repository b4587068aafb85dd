import NIOCore
import NIOPosix

/// A server that gives the same answer in plain HTTP to whatever comes.
final class PlainServer: Sendable {
    /// 0 at a Unix socket.
    let port: Int
    private let channel: any Channel

    /// On a loopback port of its own it refuses: what stands at a port that was meant for TLS.
    convenience init() async throws {
        try await self.init(saying: PlainServer.answer("400 Bad Request", ""))
    }

    /// On a loopback port of its own it says `answer`, whatever that is.
    init(saying answer: String) async throws {
        channel = try await Self.saying(answer).bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// At a Unix socket it answers with a body, as an agent of another version would.
    init(socket: String, body: String) async throws {
        channel = try await Self.saying(Self.answer("200 OK", body))
            .bind(unixDomainSocketPath: socket).get()
        port = 0
    }

    deinit { channel.close(mode: .all, promise: nil) }

    private static func answer(_ status: String, _ body: String) -> String {
        "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private static func saying(_ answer: String) -> ServerBootstrap {
        ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Answering(answer))
                }
            }
    }
}

/// Leaves it to the other side to end the connection: an early end would hide the answer.
private final class Answering: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let answer: String

    init(_ answer: String) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: answer)), promise: nil)
    }
}
