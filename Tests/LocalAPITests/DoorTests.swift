import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import LocalAPI

@Suite("Who may stay at a door") struct DoorTests {
    /// What happens to a door of three, one event a line, and who is sent away.
    @Test("the quietest visitor leaves for a new one, whoever waits for an answer stays")
    func order() {
        var door = Door.StateMachine(visitorsMax: 3)
        #expect([1, 2, 3].map { door.came($0) } == [nil, nil, nil])
        #expect(door.came(4) == 1)
        door.asked(2)
        door.asked(3)
        door.answered(3)
        #expect(door.came(5) == 4)
        door.asked(5)
        #expect(door.came(6) == 3)
        door.asked(6)
        #expect(door.came(7) == 7)
        door.answered(6)
        door.answered(2)
        #expect(door.came(8) == 6)
        door.left(8)
        #expect(door.came(9) == nil)
        #expect(door.count == 3)
    }

    @Test("who has left or was sent away counts no more, whatever still comes of it")
    func late() {
        var door = Door.StateMachine(visitorsMax: 1)
        #expect(door.came(1) == nil)
        #expect(door.came(2) == 1)
        door.asked(1)
        door.answered(1)
        door.answered(2)
        door.left(1)
        #expect(door.count == 1)
        door.left(2)
        #expect(door.count == 0)
    }

    @Test("a door holds so many streams and waits, and gives a place on when one ends")
    func held() {
        let door = Door()
        var places = (0..<APILimits.heldMax).compactMap { _ in door.hold() }
        #expect(places.count == APILimits.heldMax)
        #expect(door.hold() == nil)
        places.removeLast()
        let next = door.hold()
        #expect(next != nil)
        #expect(door.hold() == nil)
        withExtendedLifetime((places, next)) {}
    }

    // MARK: One connection

    private func connected(to door: Door) throws -> EmbeddedChannel {
        let channel = EmbeddedChannel(handler: DoorHandler(door: door))
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        return channel
    }

    private func pass(_ time: Duration, on channel: EmbeddedChannel) {
        channel.embeddedEventLoop.advanceTime(by: TimeAmount(time))
    }

    private let head = HTTPRequestPart.head(
        HTTPRequest(method: .get, scheme: nil, authority: "localhost", path: "/healthz"))

    @Test("who has not asked for anything within the bound is dropped, and has left")
    func silent() throws {
        let door = Door()
        let channel = try connected(to: door)
        #expect(door.visitors == 1)
        pass(APILimits.arrivalMax - .milliseconds(1), on: channel)
        #expect(channel.isActive)
        pass(.milliseconds(1), on: channel)
        #expect(!channel.isActive)
        #expect(door.visitors == 0)
    }

    @Test("who has asked once is not dropped by that bound")
    func asking() throws {
        let channel = try connected(to: Door())
        try channel.writeInbound(head)
        try channel.writeInbound(HTTPRequestPart.end(nil))
        pass(APILimits.arrivalMax * 2, on: channel)
        #expect(channel.isActive)
        _ = try? channel.finish()
    }

    @Test("who takes in nothing for too long is dropped, who goes on reading is not")
    func stalled() throws {
        let channel = try connected(to: Door())
        try channel.writeInbound(head)
        func turn(writable: Bool) {
            channel.isWritable = writable
            channel.pipeline.fireChannelWritabilityChanged()
        }
        turn(writable: false)
        pass(APILimits.stalledMax - .milliseconds(1), on: channel)
        turn(writable: true)
        pass(APILimits.stalledMax, on: channel)
        #expect(channel.isActive)
        turn(writable: false)
        pass(APILimits.stalledMax, on: channel)
        #expect(!channel.isActive)
    }

    @Test("a connection whose answer is not written to its end keeps its place")
    func owed() throws {
        let door = Door()
        let first = try connected(to: door)
        try first.writeInbound(head)
        try first.writeInbound(HTTPRequestPart.end(nil))
        let others = try (1..<APILimits.connectionsMax).map { _ in try connected(to: door) }
        let more = try connected(to: door)
        pass(.zero, on: others[0])
        #expect(first.isActive && more.isActive && !others[0].isActive)
        for other in others.dropFirst() + [more] { try other.writeInbound(head) }
        try first.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try first.writeOutbound(HTTPResponsePart.end(nil))
        let last = try connected(to: door)
        pass(.zero, on: first)
        #expect(!first.isActive && last.isActive)
        #expect(door.visitors == APILimits.connectionsMax)
    }
}
