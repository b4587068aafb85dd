import NIOCore
import NIOEmbedded
import OAuth
import Testing

/// What reaches the socket, and when.
@Suite struct FlushConsolidationTests {
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel()
        try channel.pipeline.syncOperations.addHandlers(
            Writes(), FlushConsolidationHandler(), position: .first)
        channel.connect(to: try SocketAddress(unixDomainSocketPath: "platform"), promise: nil)
    }

    private var flushes: Int {
        get throws { try channel.pipeline.syncOperations.handler(type: Writes.self).flushes }
    }

    @Test func `a head and its body leave at once, after the work that wrote them`() throws {
        channel.writeAndFlush(ByteBuffer(string: "head"), promise: nil)
        channel.writeAndFlush(ByteBuffer(string: "body"), promise: nil)
        #expect(try flushes == 0)
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
        channel.embeddedEventLoop.run()
        #expect(try flushes == 1)
        #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "head"))
        #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "body"))
    }

    @Test func `the next request leaves as the first did`() throws {
        for turn in 1...3 {
            channel.writeAndFlush(ByteBuffer(string: "request"), promise: nil)
            channel.embeddedEventLoop.run()
            #expect(try flushes == turn)
        }
    }

    @Test func `what was written before the end leaves before it`() throws {
        channel.writeAndFlush(ByteBuffer(string: "farewell"), promise: nil)
        channel.close(promise: nil)
        #expect(try channel.readOutbound(as: ByteBuffer.self) == ByteBuffer(string: "farewell"))
        #expect(!channel.isActive)
        channel.embeddedEventLoop.run()
    }

    @Test func `an end without a word flushes nothing`() throws {
        let writes = try channel.pipeline.syncOperations.handler(type: Writes.self)
        channel.close(promise: nil)
        channel.embeddedEventLoop.run()
        #expect(writes.flushes == 0)
    }
}

/// Counts the calls of the system that a socket would make.
private final class Writes: ChannelOutboundHandler {
    typealias OutboundIn = ByteBuffer

    private(set) var flushes = 0

    func flush(context: ChannelHandlerContext) {
        flushes += 1
        context.flush()
    }
}
