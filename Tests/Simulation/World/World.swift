import CardReader
import OAuth
import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting

/// One scenario: the terminal, its payers, the network and the platform, all from one seed.
///
/// Unchecked: the world is made, run and judged on one thread, since its tasks run nowhere but on
/// its ``SeededExecutor``, which runs them where it is asked to.
final class World: @unchecked Sendable {
    /// Steps after which a world is thought to run for ever.
    static let stepsMax = 400_000
    /// How long everything owed may take once the network is fine: `sync.late_arrival`, an order
    /// that is worked on, and several waits of `sync.retry_max`.
    static let quietMax = Duration.seconds(3_600)
    /// How often an operator has everything tried at the end.
    private static let syncPace = Duration.seconds(60)

    let scenario: Scenario
    let sabotage: Sabotage?
    let clock = ManualClock()
    let executor: SeededExecutor
    let platform: ReferencePlatform
    var network: Network
    let agenda = Agenda()
    var witness = Witness()
    var tally: [String: Int] = [:]
    private(set) var trace = Trace()
    var life: Life?
    let files: WorldFiles
    var lives = 0
    var steps = 0
    /// Steps until the process dies.
    var crashAfter: Int?
    var isStopping = false
    var unsold: [Int: Purchase] = [:]
    /// How many codes payers got so far.
    var codesGiven = 0
    /// Orders that left, and nobody has had a word about them since.
    var unasked: Set<String> = []
    /// When an order that might be sent was last looked at before its POST.
    var lastLooks: [String: Duration] = [:]
    var failure: (any Error)?

    init(seed: UInt64, sabotage: Sabotage?) throws {
        scenario = Scenario(seed: seed)
        self.sabotage = sabotage
        executor = SeededExecutor(seed: seed)
        network = Network(seed: seed)
        files = try WorldFiles()
        platform = ReferencePlatform(
            scenario: scenario, sabotage: sabotage, clock: clock, agenda: agenda)
    }

    /// The rules that the agent gets: the scenario's, unless it is to break them.
    var agentRules: AgentRules {
        var rules = scenario.rules
        switch sabotage {
        case .widensLimits:
            rules.policy.cardLimit = Money(fen: 1_000_000)
            rules.policy.totalLimit = Money(fen: 1_000_000)
        case .waitsTooLong: rules.decisionDeadline += .seconds(3)
        default: break
        }
        return rules
    }

    /// Lets go of everything: what is still to come holds the world, and the world holds it.
    func end() {
        agenda.clear()
        life = nil
    }

    func note(_ text: String) { trace.note(text, at: clock.uptime()) }

    // MARK: The course of a scenario

    func run() throws {
        note("\(scenario.summary)")
        begin()
        for (at, act) in scenario.acts { agenda.add(at: at) { self.perform(act) } }
        agenda.add(at: scenario.end) { self.becomeFine() }
        advance { self.clock.uptime() < self.scenario.end }
        let limit = scenario.end + Self.quietMax
        advance { !self.isAtRest && self.clock.uptime() < limit }
        if !isAtRest { witness.violated(.nothingStaysOwed, "after \(Self.quietMax)") }
        life?.stop()
        advance { !(self.life?.hasEnded ?? true) && self.clock.uptime() < limit + Self.quietMax }
        if !(life?.hasEnded ?? true) { witness.violated(.worldEnds, "the agent does not stop") }
        if let failure { throw failure }
    }

    /// The network is fine from here on, no operator's hand and no process ends any more.
    private func becomeFine() {
        note("-- the network is fine from here on")
        network.weather = .fine
        platform.nearClone = nil
        crashAfter = nil
        syncNow()
    }

    /// An operator has everything tried again and again, so that a stopped drain goes on.
    private func syncNow() {
        if let life { life.run { await life.engine.syncNow() } }
        agenda.add(at: clock.uptime() + Self.syncPace) { self.syncNow() }
    }

    /// Whether nothing is owed, under way or waited for.
    private var isAtRest: Bool {
        guard let life, !isStopping, !agenda.isPlatformBusy else { return false }
        return (try? life.reader.openCount()) == 0
    }

    /// Lets time pass from one event to the next, while `goesOn`.
    private func advance(while goesOn: () -> Bool) {
        settle()
        while failure == nil, steps < Self.stepsMax, goesOn() {
            let moments = [agenda.nextDue, clock.nextDue].compactMap { $0 }
            guard let next = moments.min() else { return }
            clock.advance(by: max(.zero, next - clock.uptime()))
            settle()
            while let action = agenda.popDue(at: clock.uptime()) {
                action()
                settle()
            }
        }
        if steps >= Self.stepsMax { witness.violated(.worldEnds, "it does not come to rest") }
    }

    /// Runs whatever can run now, and lets the process die at its moment.
    private func settle() {
        while steps < Self.stepsMax, executor.runOne() {
            steps += 1
            guard let left = crashAfter else { continue }
            crashAfter = left > 0 ? left - 1 : nil
            if left == 0 { crash() }
        }
        if isStopping, life?.hasEnded == true { restart(after: .milliseconds(500)) }
    }
}
