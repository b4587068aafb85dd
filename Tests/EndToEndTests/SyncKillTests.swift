import Foundation
import Sandbox
import Testing

/// kill -9 of the built agent at each of its commits, by strace.
@Suite("a kill at any commit of a payment") struct SyncKillTests {
    @Test("a kill at each sync of a payment's life leaves no charge behind that nobody knows of")
    func killedAtSync() async throws {
        let count = try await syncsOfALife()
        let killed = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 1...count { group.addTask { try await Self.killed(atSync: number) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        // On a busy machine one life may need a commit more than another.
        #expect(killed >= count - 1, "\(killed) of \(count) lives were killed")
    }

    /// How many syncs a life without a kill has: start, one payment, a clean stop.
    private func syncsOfALife() async throws -> Int {
        var count = 0
        try await withSandbox { _, url in
            let life = try await Self.life(platform: url).traced
            #expect(life.told == "settled", "\(life.output)")
            #expect(life.end == 0, "\(life.output)")
            count = life.syncs
            try #require(count > 0, "strace saw no sync: \(life.output)")
        }
        return count
    }

    /// The call is held up before it does its work: the commit of that moment never happened.
    /// False when this life ended well before it came to that sync.
    private static func killed(atSync number: Int) async throws -> Bool {
        var isKilled = false
        try await withSandbox { sandbox, url in
            let (kiosk, life) = try await Self.life(platform: url, killedAt: number)
            isKilled = life.end == -SIGKILL
            #expect(isKilled || life.syncs < number, "sync \(number): \(life.output)")
            let agent = try await kiosk.start()
            try await kiosk.waitUntilNothingIsOpen()
            let money = await sandbox.money(of: Cards.normal)
            let settled = try await kiosk.payments(in: "settled").count
            #expect(money.charges - money.refunds == settled, "sync \(number): \(agent.output)")
            if life.told == "settled" { #expect(settled == 1, "sync \(number)") }
        }
        return isKilled
    }

    /// A life under strace of an agent whose ledger is there already.
    private static func life(
        platform: String, killedAt number: Int = .max
    ) async throws -> (kiosk: Kiosk, traced: TracedLife) {
        let kiosk = try Kiosk(
            platform: platform,
            yaml: "sync: {retry_min: 100ms, retry_max: 500ms, late_arrival: 1s}")
        let warmUp = try await kiosk.start()
        warmUp.signal(SIGTERM)
        await warmUp.end()
        return (kiosk, try await kiosk.tracedLife(killedAt: number))
    }
}

/// What one life of the agent under strace came to.
private struct TracedLife {
    /// What its payer was told; nil when the agent did not live to say it.
    var told: String?
    /// The exit code, or minus the signal that ended it.
    var end: Int32
    /// The words of the agent, and of strace when it cannot trace.
    var output: [String]
    /// The syncs that were begun.
    var syncs: Int
}

extension Kiosk {
    /// Starts the agent under strace, lets it take one payment and stops it, or kills it when it
    /// begins a sync for the `number`th time.
    ///
    /// strace itself can count for each thread alone, and a queue's work has no thread of its own.
    fileprivate func tracedLife(killedAt number: Int) async throws -> TracedLife {
        let trace = try SyncTrace(at: directory.appending(path: "trace"), killAt: number)
        var life = TracedLife(end: 0, output: [], syncs: 0)
        do {
            let agent = try await start(under: trace.wrapper)
            life.told = try? await payment()
            agent.signal(SIGTERM)
            life.end = await agent.end()
            life.output = agent.output
        } catch let stillborn as DidNotStart {
            life.end = stillborn.end
            life.output = stillborn.output
        }
        life.syncs = trace.syncs
        return life
    }

    /// Takes a payment to its end; throws when the agent dies before.
    private func payment() async throws -> String {
        let seq = try await request(1_250)
        try await tap(Cards.normal)
        let told = try await outcome(seq).state
        try? await waitUntilNothingIsOpen()
        return told
    }
}
