import Foundation
import TerminalTesting
import Testing

@testable import Systemd

@Suite("A start that takes long")
struct StartPatienceTests {
    private let manager: ManagerStandIn

    init() throws { manager = try ManagerStandIn("@kiosk-agent-\(UUID().uuidString)") }

    private func patience(requestsMax: Int) throws -> StartPatience {
        try #require(
            StartPatience(
                environment: ["NOTIFY_SOCKET": manager.name], pauseSeconds: 0.001,
                requestsMax: requestsMax))
    }

    @Test("more time is asked for, but not for ever")
    func bounded() throws {
        let patience = try patience(requestsMax: 2)
        #expect((0..<4).map { patience.ask(asked: $0) } == [true, true, false, false])
        #expect(manager.next() == "EXTEND_TIMEOUT_USEC=90000000\nSTATUS=still starting")
        #expect(manager.next() != nil)
        #expect(manager.next() == nil)
    }

    @Test("once the start has ended nothing is asked for")
    func ended() throws {
        let patience = try patience(requestsMax: 2)
        patience.end()
        #expect(!patience.ask(asked: 0))
        #expect(manager.next() == nil)
    }

    @Test("the requests come by themselves, one after the other", .timeLimit(.minutes(1)))
    func begun() async throws {
        let patience = try patience(requestsMax: .max)
        patience.begin()
        var heard = 0
        while heard < 3 {
            if manager.next() != nil { heard += 1 }
            await Task.yield()
        }
        patience.end()
    }

    @Test("without a manager nobody is asked")
    func nobody() {
        #expect(StartPatience(environment: [:]) == nil)
    }
}
