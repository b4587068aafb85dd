import CardReader
import GRDB
import Scanner
import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import Ledger

/// A whole terminal without a reader and without a network: real ledger, engine and agent.
final class AgentBench: Sendable {
    let files: TemporaryLedger
    let ledger: Ledger
    let clock: ManualClock
    let platform: ScriptedPlatform
    let engine: SyncEngine
    let agent: TerminalAgent
    private let events: AsyncStream<CardEvent>
    private let reader: AsyncStream<CardEvent>.Continuation
    private let scans: AsyncStream<ScanEvent>
    private let scanner: AsyncStream<ScanEvent>.Continuation

    init(
        mode: Session.Mode = .requested, policy: OfflinePolicy = OfflinePolicy(),
        schedule: Schedule = AgentBench.allDay, perCardPerPeriod: Int = 0,
        files: TemporaryLedger? = nil, clock: ManualClock = ManualClock(),
        platform: ScriptedPlatform = ScriptedPlatform(), simulated: Bool = true
    ) throws {
        self.files = try files ?? TemporaryLedger()
        self.clock = clock
        self.platform = platform
        ledger = try self.files.open(clock: clock)
        engine = SyncEngine(
            ledger: ledger, platform: platform, identity: Sample.platform, rules: Sample.rules,
            clock: clock, random: SeededGenerator.draws(seed: 7))
        agent = TerminalAgent(
            ledger: ledger, engine: engine,
            rules: AgentRules(
                mode: mode, title: "Canteen", schedule: schedule,
                perCardPerPeriod: perCardPerPeriod, policy: policy),
            clock: clock, takesSimulatedTaps: simulated)
        (events, reader) = AsyncStream.makeStream()
        (scans, scanner) = AsyncStream.makeStream()
    }

    static let allDay = Schedule(periods: [], amount: Money(fen: 1_500), title: "Lunch")
    /// A period that no minute of the day falls into.
    static let closed = Schedule(
        periods: [Schedule.Period(from: 0, to: 0, amount: Money(fen: 1), title: nil)],
        amount: Money(fen: 1_500), title: "Lunch")

    /// Runs the terminal during `body` and stops it as a service manager would.
    func running(_ body: () async throws -> Void) async throws {
        _ = try await ledger.recover(now: clock.now())
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.engine.run() }
            group.addTask {
                await self.agent.run(self.events, scans: ["/dev/ttyACM0": self.scans])
            }
            try await body()
            await platform.release(.deliver)
            await agent.stop()
            await engine.stop()
            try await group.waitForAll()
        }
        #expect(await platform.violations == [])
    }

    /// A terminal that starts on the files as a loss of power would leave them now.
    func afterPowerLoss(mode: Session.Mode = .requested) throws -> AgentBench {
        try AgentBench(mode: mode, files: files.copy(), clock: clock, platform: platform)
    }

    func send(_ event: CardEvent) { reader.yield(event) }
    func scan(_ event: ScanEvent) { scanner.yield(event) }

    func request(_ fen: Int64 = 1_500, reference: String? = nil) async throws -> Payment {
        switch try await agent.request(Sample.draft(fen, reference: reference)) {
        case .created(let payment), .existing(let payment): payment
        }
    }

    /// The payer's screen once it is as wanted.
    @discardableResult
    func screen(_ isWanted: @Sendable (Screen) -> Bool) async -> Screen? {
        let events = agent.events()
        let now = await agent.screen
        if isWanted(now) { return now }
        for await case .screen(let screen) in events where isWanted(screen) { return screen }
        return nil
    }

    func wait(for seq: String, in state: PaymentState) async throws -> Payment {
        let changes = ledger.changes()
        if let now = try await ledger.payment(seq), now.state == state { return now }
        for await change in changes where change.payment.seq == seq {
            if change.payment.state == state { return change.payment }
        }
        throw LedgerError.notFound
    }

    /// All payments, oldest first.
    func payments() async throws -> [Payment] {
        try await ledger.payments(PaymentFilter()).reversed()
    }

    /// The disk refuses to be written, or takes writes again.
    func makeReadOnly(_ isReadOnly: Bool) async throws {
        let pool = await ledger.pool
        try await pool.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA query_only = \(isReadOnly ? 1 : 0)")
        }
    }
}

extension Screen {
    var isApproved: Bool { if case .approved = self { true } else { false } }

    var isPaying: Bool { if case .paying = self { true } else { false } }

    var approvedSeq: String? {
        if case .approved(let seq, _, _, _) = self { seq } else { nil }
    }

    var declinedReason: Reason? {
        if case .declined(_, let reason, _) = self { reason } else { nil }
    }
}
