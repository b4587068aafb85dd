import Sealing
import SyncEngine
import TerminalAgent
import TerminalCore

/// Everything that a seed decides before the scenario begins.
struct Scenario {
    static let cards = 6
    /// Which of the cards nobody knows, and which has little money.
    static let (unknownCard, poorCard) = (4, 5)
    /// How many purchases in 100 are paid with a code.
    private static let codeShare = 15
    private static let seal = CardSeal(dataKey: "data key of K001")

    let seed: UInt64
    let rules: AgentRules
    let delivery: DeliveryRules
    let requestTimeout: Duration
    let habits: PlatformHabits
    let acts: [(at: Duration, act: Act)]
    /// When the network becomes fine for good.
    let end: Duration
    let hasClockJumps: Bool
    /// The life of the process from which on the cards are sealed; nil for a terminal without a
    /// key.
    let sealedFrom: Int?
    /// How long a transaction waits for those that may share it.
    let commitDelay: Duration

    init(seed: UInt64) {
        var dice = Dice(seed: seed, .schedule)
        self.seed = seed
        rules = Self.rules(&dice)
        delivery = DeliveryRules(
            lostCard: dice.chance(30) ? .submit : .hold, concurrency: dice.number(1...8),
            retryMin: .seconds(1), retryMax: .seconds(dice.pick([10, 60, 300])))
        requestTimeout = .seconds(dice.number(1...3))
        habits = PlatformHabits(&dice)
        end = .seconds(dice.number(20...240))
        hasClockJumps = dice.chance(25)
        let acts = Self.acts(&dice, until: end, hasClockJumps: hasClockJumps)
        self.acts = Self.withCodes(acts, seed, rules.mode)
        sealedFrom = Self.sealedFrom(seed)
        commitDelay = Self.commitDelay(seed)
    }

    /// Drawn apart, so that a seed without a key goes as it would without this.
    private static func sealedFrom(_ seed: UInt64) -> Int? {
        var dice = Dice(seed: seed, .keys)
        return dice.chance(60) ? dice.number(1...3) : nil
    }

    private static func commitDelay(_ seed: UInt64) -> Duration {
        var dice = Dice(seed: seed, .commits)
        return dice.pick([.zero, .microseconds(700), .milliseconds(20)])
    }

    /// What seals the cards in this life of the process.
    func seal(inLife number: Int) -> CardSeal? {
        sealedFrom.map { number >= $0 } == true ? Self.seal : nil
    }

    /// Whether somebody shows a code to a scanner: a terminal where nobody does has none.
    var hasScanner: Bool {
        acts.contains { _, act in
            if case .purchase(let purchase) = act { purchase.code?.isTyped == false } else { false }
        }
    }

    private static func rules(_ dice: inout Dice) -> AgentRules {
        let policy = OfflinePolicy(
            enabled: dice.chance(80), paymentLimit: Money(fen: Int64(dice.pick([1_000, 5_000]))),
            cardLimit: Money(fen: Int64(dice.pick([2_000, 5_000, 10_000]))),
            totalLimit: Money(fen: Int64(dice.pick([4_000, 20_000, 500_000]))),
            maxAge: .seconds(dice.pick([120, 72 * 3_600])),
            knownCardAge: dice.chance(10) ? .seconds(30 * 86_400) : nil)
        return AgentRules(
            mode: dice.chance(50) ? .fixed : .requested, title: "Canteen",
            schedule: Schedule(
                periods: [], amount: Money(fen: Int64(dice.number(1...3_000))), title: "Lunch"),
            decisionDeadline: .seconds(dice.number(2...4)), policy: policy)
    }

    private static func acts(
        _ dice: inout Dice, until end: Duration, hasClockJumps: Bool
    ) -> [(at: Duration, act: Act)] {
        let last = Int(end.components.seconds) * 1_000
        var acts: [(at: Duration, act: Act)] = []
        func add(_ count: Int, _ make: (inout Dice, Int) -> Act) {
            for number in 0..<max(0, count) {
                let act = make(&dice, number)
                acts.append((dice.milliseconds(0...last), act))
            }
        }
        add(dice.number(2...12)) { .purchase(purchase(&$0, $1)) }
        add(dice.number(1...5)) { dice, _ in .weather(weather(&dice)) }
        add(dice.number(-1...3)) { dice, _ in .crash(afterSteps: dice.number(0...120)) }
        add(dice.number(-3...1)) { _, _ in .restart }
        add(hasClockJumps ? dice.number(1...2) : 0) { dice, _ in .clockJump(jump(&dice)) }
        add(dice.number(-2...2)) { dice, _ in
            .lost(card: dice.number(0...cards - 1), dice.chance(70))
        }
        add(dice.number(-3...2)) { dice, _ in
            .blocked(card: dice.number(0...cards - 1), dice.chance(60))
        }
        add(dice.number(-3...2)) { dice, _ in .reversal(dice.number(0...3)) }
        add(dice.number(-3...1)) { _, _ in .sync }
        add(dice.number(-7...2)) { dice, _ in .clone(dice.pick([.stranger, .twin])) }
        return acts.sorted { $0.at < $1.at }
    }

    private static func purchase(_ dice: inout Dice, _ number: Int) -> Purchase {
        Purchase(
            number: number, card: dice.number(0...cards - 1),
            amount: Int64(dice.number(1...6_000)),
            tapAfter: dice.chance(93) ? dice.milliseconds(0...6_000) : nil,
            tapsTwice: dice.chance(15), liesFor: dice.milliseconds(50...3_000),
            isRepeated: dice.chance(60))
    }

    /// Drawn apart, so that the other purchases of a seed stay as they are.
    private static func withCodes(
        _ acts: [(at: Duration, act: Act)], _ seed: UInt64, _ mode: Session.Mode
    ) -> [(at: Duration, act: Act)] {
        var dice = Dice(seed: seed, .codes)
        var acts = acts
        for index in acts.indices {
            guard case .purchase(var purchase) = acts[index].act, dice.chance(codeShare) else {
                continue
            }
            purchase.code = CodeHabit(
                isTyped: mode == .requested && dice.chance(60), isWrong: dice.chance(10),
                isKept: dice.chance(30))
            acts[index].act = .purchase(purchase)
        }
        return acts
    }

    private static func weather(_ dice: inout Dice) -> Weather {
        switch dice.number(0...99) {
        case ..<15: .fine
        case ..<60: .rough(dice.pick([10, 30, 60, 90]))
        case ..<75: .down
        case ..<85: .silent
        case ..<93: .portal
        default: .wrongKey
        }
    }

    /// Minutes, days or years, in both directions.
    private static func jump(_ dice: inout Dice) -> Duration {
        let seconds = dice.pick([90, 86_400, 4 * 365 * 86_400, 40 * 365 * 86_400])
        return .seconds(dice.chance(50) ? seconds : -seconds)
    }
}
