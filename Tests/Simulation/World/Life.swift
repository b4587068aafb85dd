import CardReader
import Ledger
import OAuth
import Scanner
import SovellPay
import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting

/// One life of the agent's process: the real ledger, engine, agent and wire client over the
/// simulated network.
///
/// Unchecked, as all of a world: everything runs on the thread of its ``SeededExecutor``.
final class Life: @unchecked Sendable {
    let number: Int
    let path: String
    let ledger: Ledger
    let engine: SyncEngine
    let agent: TerminalAgent
    let wire: SimulatedWire
    let reader: LedgerReader
    let startedAt: Duration
    private unowned let world: World
    private let cards: AsyncStream<CardEvent>.Continuation
    private let scans: AsyncStream<ScanEvent>.Continuation
    private let commands: AsyncStream<@Sendable () async -> Void>.Continuation
    private(set) var hasEnded = false
    private var root: Task<Void, Never>?

    init(world: World, number: Int, path: String) throws {
        self.world = world
        self.number = number
        self.path = path
        startedAt = world.clock.uptime()
        var settings = Sample.settings(path)
        settings.clock = world.clock
        settings.commitDelay = world.scenario.commitDelay
        settings.cardSeal = world.scenario.seal(inLife: number)
        world.tally["ledger sealed", default: 0] += settings.cardSeal == nil ? 0 : 1
        ledger = try Ledger(settings, executor: SeededExecutor.Lane(of: world.executor))
        reader = try LedgerReader(path: path, seal: settings.cardSeal)
        wire = SimulatedWire(world: world, life: number)
        engine = SyncEngine(
            ledger: ledger, platform: Self.platform(world, wire), identity: Sample.platform,
            rules: world.scenario.delivery, clock: world.clock,
            random: SeededGenerator.draws(seed: world.scenario.seed &+ UInt64(number)))
        agent = TerminalAgent(
            ledger: ledger, engine: engine, rules: world.agentRules, clock: world.clock,
            takesSimulatedTaps: true)
        let (cardEvents, cards) = AsyncStream.makeStream(of: CardEvent.self)
        let (scanEvents, scans) = AsyncStream.makeStream(of: ScanEvent.self)
        let (jobs, commands) = AsyncStream.makeStream(of: (@Sendable () async -> Void).self)
        (self.cards, self.scans, self.commands) = (cards, scans, commands)
        let scanners = world.scenario.hasScanner ? ["scanner": scanEvents] : [:]
        root = Task(executorPreference: world.executor) {
            await self.live(cardEvents, scanners, jobs)
        }
    }

    private static func platform(_ world: World, _ wire: SimulatedWire) -> any Platform {
        let (secret, timeout) = (Secret("secret"), world.scenario.requestTimeout)
        let client: any Wire = world.sabotage == .repeatsOrders ? RepeatingWire(wire: wire) : wire
        let clock = world.clock
        let tokens = TokenClient(
            platform: SovellOAuth(
                baseURL: ReferencePlatform.base, clientID: Sample.platform.clientID,
                clientSecret: secret),
            wire: client, timeout: timeout, uptime: { clock.uptime() })
        let pay = SovellPay(
            baseURL: ReferencePlatform.base, clientSecret: secret, app: "wallet",
            refusalReasons: [402: .balanceTooLow], tokens: tokens, wire: client, timeout: timeout)
        return AgentPlatform(pay: pay, sabotage: world.sabotage, world: world)
    }

    private func live(
        _ cardEvents: AsyncStream<CardEvent>, _ scanners: TerminalAgent.Scans,
        _ jobs: AsyncStream<@Sendable () async -> Void>
    ) async {
        let changes = ledger.changes()
        let screens = agent.events()
        await withDiscardingTaskGroup { group in
            group.addTask { for await change in changes { self.saw(change) } }
            _ = try? await ledger.recover(now: world.clock.now())
            group.addTask {
                for await case .screen(let screen) in screens { await self.saw(screen) }
            }
            group.addTask {
                await withDiscardingTaskGroup { group in
                    for await job in jobs { group.addTask { await job() } }
                }
            }
            if ledger.sealsCards { group.addTask { await self.sealOldCards() } }
            await serve(cardEvents, scanners)
            group.cancelAll()
        }
        hasEnded = true
    }

    private func serve(
        _ cardEvents: AsyncStream<CardEvent>, _ scanners: TerminalAgent.Scans
    ) async {
        await withDiscardingTaskGroup { group in
            if world.sabotage != .neverForwards { group.addTask { await self.engine.run() } }
            group.addTask { await self.agent.run(cardEvents, scans: scanners) }
        }
    }

    /// Seals what was written before there was a key, once it has stood beside sealed cards for a
    /// while.
    private func sealOldCards() async {
        guard (try? await world.clock.sleep(for: .seconds(15))) != nil else { return }
        while (try? await ledger.sealSome()) == true {
            world.tally["cards sealed later", default: 0] += 1
        }
    }

    // MARK: From outside

    func send(_ event: CardEvent) { if !wire.isDead { cards.yield(event) } }

    func scan(_ event: ScanEvent) { if !wire.isDead { scans.yield(event) } }

    /// Runs `job` beside the agent, as a POS or an operator.
    func run(_ job: @escaping @Sendable () async -> Void) { commands.yield(job) }

    /// Stops as a service manager does it.
    func stop() {
        run {
            await self.agent.stop()
            await self.engine.stop()
        }
    }

    /// The process is dead: nothing it does from here on leaves it.
    func kill() {
        wire.isDead = true
        root?.cancel()
    }

    // MARK: Observing

    private func saw(_ change: LedgerChange) {
        guard !wire.isDead else { return }
        let payment = change.payment
        let reason = payment.reason.map { " (\($0.rawValue))" } ?? ""
        let order = payment.order == payment.seq ? "" : " as \(payment.order)"
        world.note("ledger \(payment.seq) \(payment.state.rawValue)\(reason)\(order)")
        let mayBeTap = [.pending, .accepted, .refused].contains(payment.state)
        guard mayBeTap, payment.reason != .interrupted else { return }
        world.witness.tapped(
            payment.seq,
            Witness.Tap(card: payment.card?.exposed, at: world.clock.uptime(), life: number))
    }

    private func saw(_ screen: Screen) async {
        guard !wire.isDead else { return }
        switch screen {
        case .approved(let seq, let amount, _, _): await tell(seq, .approved, amount.fen)
        case .declined(let seq?, _, _): await tell(seq, .declined, nil)
        case .cancelled(let seq): await tell(seq, .cancelled, nil)
        default: break
        }
    }

    /// A POS asks for a payment and waits for its outcome.
    func sell(_ purchase: Purchase) {
        run {
            let draft = PaymentDraft(
                amount: Money(fen: purchase.amount), title: "Lunch",
                reference: purchase.reference, expiresIn: .seconds(30))
            guard let opened = try? await self.agent.request(draft) else { return }
            if case .created = opened, !self.wire.isDead {
                self.world.payerComes(for: purchase, seq: opened.seq)
            }
            await self.wait(for: opened.seq, purchase)
        }
    }

    private func wait(for seq: String, _ purchase: Purchase) async {
        await agent.waitForOutcome(of: seq, atMost: .seconds(60))
        guard let payment = try? await ledger.payment(seq), payment.state.isDecided, !wire.isDead
        else { return }
        world.tell(seq, Witness.Word(payment.state), isPage: false, payment.amount.fen)
        world.isSold(purchase)
        await agent.told(payment)
    }

    private func tell(_ seq: String, _ word: Witness.Word, _ amount: Int64?) async {
        world.tell(seq, word, isPage: true, amount)
        guard let payment = try? await ledger.payment(seq) else { return }
        await agent.told(payment)
    }
}

extension Ledger.Opened {
    fileprivate var seq: String {
        switch self {
        case .created(let payment), .existing(let payment): payment.seq
        }
    }
}

extension Witness.Word {
    fileprivate init(_ state: PaymentState) {
        self = state == .cancelled ? .cancelled : state.isApproved ? .approved : .declined
    }
}
