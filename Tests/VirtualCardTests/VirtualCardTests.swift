import Testing
import VirtualCard

@Suite("A virtual card", .timeLimit(.minutes(1)))
struct VirtualCardTests {
    private let getUID: [UInt8] = [0xFF, 0xCA, 0x00, 0x00, 0x00]
    private let uid: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C, 0x5D, 0x6E, 0x80]

    @Test("answers get-ATR and commands, and nothing to power on, power off and reset")
    func conversation() async throws {
        let reader = try ReaderStandIn()
        let card = VirtualCard(port: reader.port, uid: uid)
        try await card.insert()
        let slot = try await reader.accepted()
        for silent: UInt8 in [0, 1, 2] { slot.send([silent]) }
        #expect(await slot.ask([4]) == VirtualCard.storageCardATR)
        #expect(await slot.ask(getUID) == uid + [0x90, 0x00])
        #expect(await slot.ask([0x00, 0xA4, 0x04, 0x00]) == [0x6D, 0x00])
        await card.remove()
        #expect(await slot.receive() == nil)
    }

    @Test("gives the answers of its closure, long ones too")
    func closure() async throws {
        let reader = try ReaderStandIn()
        let long = [UInt8](repeating: 0x5A, count: 65_535)
        let card = VirtualCard(port: reader.port, atr: [0x3B, 0x00]) { command in
            .data(command.count == 300 ? long : command.reversed())
        }
        try await card.insert()
        let slot = try await reader.accepted()
        #expect(await slot.ask([4]) == [0x3B, 0x00])
        #expect(await slot.ask([1, 2, 3]) == [3, 2, 1])
        #expect(await slot.ask([UInt8](repeating: 1, count: 300)) == long)
        await card.remove()
    }

    @Test("can be torn out in the middle of a command, and inserted again")
    func tear() async throws {
        let reader = try ReaderStandIn()
        let card = VirtualCard(port: reader.port) { _ in .tear }
        for _ in 0..<3 {
            try await card.insert()
            let slot = try await reader.accepted()
            #expect(await slot.ask(getUID) == nil)
            await card.remove()
        }
    }

    @Test("is out when its reader goes away")
    func readerGone() async throws {
        let reader = try ReaderStandIn()
        let card = VirtualCard(port: reader.port, uid: uid)
        try await card.insert()
        try await reader.accepted().hangUp()
        await card.remove()
        try await card.insert()
        #expect(await (try reader.accepted()).ask([4]) == VirtualCard.storageCardATR)
        await card.remove()
    }

    @Test("cannot be in two places")
    func twice() async throws {
        let reader = try ReaderStandIn()
        let card = VirtualCard(port: reader.port, uid: uid)
        try await card.insert()
        let error = await #expect(throws: VirtualCardError.self) { try await card.insert() }
        #expect(error?.code == .alreadyInserted)
        await card.remove()
        await card.remove()
    }

    @Test("leaves the reader when nobody holds it any more")
    func released() async throws {
        let reader = try ReaderStandIn()
        var card: VirtualCard? = VirtualCard(port: reader.port, uid: uid)
        try await card?.insert()
        let slot = try await reader.accepted()
        card = nil
        #expect(await slot.receive() == nil)
    }

    @Test("says what to do when no reader listens")
    func noReader() async throws {
        let port = try ReaderStandIn().port
        let card = VirtualCard(port: port, uid: uid, insertMilliseconds: 50)
        let error = await #expect(throws: VirtualCardError.self) { try await card.insert() }
        #expect(error?.code == .noReader)
        #expect(error?.description.contains("install vsmartcard-vpcd and start pcscd") == true)
    }

    @Test("stops waiting for a reader when its task is cancelled")
    func cancelled() async throws {
        let port = try ReaderStandIn().port
        let card = VirtualCard(port: port, uid: uid, insertMilliseconds: 600_000)
        let waiting = Task { try await card.insert() }
        waiting.cancel()
        let error = await #expect(throws: VirtualCardError.self) { try await waiting.value }
        #expect(error?.code == .cancelled)
    }
}
