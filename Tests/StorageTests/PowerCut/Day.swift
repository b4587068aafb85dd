import TerminalCore
import TerminalTesting

@testable import Ledger

/// A day of a terminal, from a seed: real calls of a real ledger, with what each one promised and
/// what the disk was asked to do.
struct Day {
    /// The moment after a call returned.
    struct Step {
        /// How many operations the disk had seen.
        var position: Int
        var content: String
        /// What may be relied on from then until the next call returns.
        var promises: Promises
    }

    let seed: UInt64
    private(set) var trace: [DiskUnderTest.Operation] = []
    private(set) var steps: [Step] = []

    /// Lives through `calls` calls; `prepare` may spoil the ledger first.
    init(
        seed: UInt64, calls: Int, prepare: @Sendable (isolated Ledger) throws -> Void = { _ in }
    ) async throws {
        self.seed = seed
        let files = try TemporaryLedger()
        let disk = DiskUnderTest(files.directory)
        let ledger = try files.open()
        try await ledger.checkpointOften(pages: 40)
        try await prepare(ledger)
        var till = Till(ledger: ledger, seed: seed)
        try await note(till, disk)
        for _ in 0..<calls {
            let call = try await till.nextCall()
            till.announce(call)
            steps[steps.count - 1].promises = till.promises
            try await till.make(call)
            try await note(till, disk)
        }
        trace = disk.trace()
    }

    private mutating func note(_ till: Till, _ disk: DiskUnderTest) async throws {
        steps.append(
            Step(
                position: disk.position, content: try await till.ledger.content(),
                promises: till.promises))
    }

    /// The last step that had ended when the disk had seen `position` operations; nil while the
    /// ledger was not yet open.
    func lastStep(at position: Int) -> Int? {
        steps.lastIndex { $0.position <= position }
    }
}

/// What happens at a terminal, one call at a time.
struct Till {
    enum Call {
        case open(reference: String?)
        case tap(Payment?, card: Int, up: Bool)
        case send(Payment)
        case change(Payment, PaymentUpdate)
        case told(Payment)
        case lose(card: Int), find(card: Int), importList([Int])
        case checkpoint(hard: Bool)
    }

    let ledger: Ledger
    private(set) var promises = Promises()
    private var generator: SeededGenerator
    private var now = Sample.start

    init(ledger: Ledger, seed: UInt64) {
        self.ledger = ledger
        generator = SeededGenerator(seed: seed)
    }

    private mutating func draw(_ range: Range<Int>) -> Int {
        Int.random(in: range, using: &generator)
    }

    /// What comes next, possible as the ledger is now.
    mutating func nextCall() async throws -> Call {
        now = now + .milliseconds(draw(-2_000..<30_000))
        let payments = try await ledger.everyPayment()
        let card = draw(1..<30)
        switch draw(0..<100) {
        case 0..<12: return .open(reference: draw(0..<3) == 0 ? "bill \(draw(0..<40))" : nil)
        case 12..<24:
            let waiting = payments.filter { $0.state == .awaitingCard }
            return .tap(waiting.randomElement(using: &generator), card: card, up: draw(0..<2) == 0)
        case 24..<44: return .tap(nil, card: card, up: draw(0..<2) == 0)
        case 44..<54:
            let open = payments.filter { [.pending, .accepted].contains($0.state) && !$0.inFlight }
            if let payment = open.randomElement(using: &generator) { return .send(payment) }
        case 54..<86: if let change = nextChange(payments) { return change }
        case 86..<90:
            let told = payments.filter(\.state.isDecided)
            if let payment = told.randomElement(using: &generator) { return .told(payment) }
        case 90..<92: return .lose(card: card)
        case 92..<94: return .find(card: card)
        case 94..<95: return .importList((0..<50).map { _ in draw(1..<9_999) })
        default: return .checkpoint(hard: draw(0..<2) == 0)
        }
        return .tap(nil, card: card, up: false)
    }

    /// A legal change of some payment: to another state, of its send marks, of its order number.
    private mutating func nextChange(_ payments: [Payment]) -> Call? {
        let changing = payments.filter { $0.state == .awaitingCard || $0.card != nil }
        guard let payment = changing.suffix(40).randomElement(using: &generator) else { return nil }
        let ways = payment.state.successors.sorted { $0.rawValue < $1.rawValue }
            .filter { payment.card != nil || $0 == .cancelled }
        guard let state = ways.randomElement(using: &generator) else { return nil }
        let ends: [SendNote] = [.answered, .ended, .neverLeft]
        let send = payment.inFlight ? ends.randomElement(using: &generator) : nil
        let news: [CardNews?] = [nil, .vouched, .lost]
        var update = PaymentUpdate(
            state, reason: .some(.platformRefused), send: send,
            card: payment.card == nil ? nil : news.randomElement(using: &generator) ?? nil,
            note: draw(0..<5) == 0 ? String(repeating: "why ", count: draw(1..<900)) : nil)
        if payment.state == .accepted, draw(0..<3) == 0 {
            update.state = nil
            update.renewsOrder = !payment.inFlight
        }
        return .change(payment, update)
    }

    /// Takes back the promises that `call` may end, before it is tried.
    mutating func announce(_ call: Call) {
        if case .change(let payment, _) = call { promises.mayEnd(payment) }
    }

    /// Makes the call; a refusal by the ledger's own rules is a part of the day.
    mutating func make(_ call: Call) async throws(LedgerError) {
        do throws(LedgerError) {
            if let payment = try await perform(call) { promises.returned(payment) }
        } catch {
            if case .storage = error { throw error }
        }
    }

    private func perform(_ call: Call) async throws(LedgerError) -> Payment? {
        switch call {
        case .open(let reference):
            let draft = Sample.draft(reference: reference)
            switch try await ledger.open(draft, now: now) {
            case .created(let payment), .existing(let payment): return payment
            }
        case .tap(let waiting, let card, let up):
            let (card, rules) = (Sample.card(card), Sample.tapRules(up: up))
            if let seq = waiting?.seq {
                return try await ledger.recordTap(seq, card: card, rules: rules, now: now)
            }
            return try await ledger.recordTap(
                Sample.draft(100), card: card, rules: rules, now: now)
        case .send(let payment): return try await ledger.markSend(payment.seq, now: now)
        case .change(let payment, let update):
            return try await ledger.update(payment.seq, now: now) { _ in update }
        case .told(let payment): try await ledger.told(payment.seq, now: now)
        case .lose(let card): try await ledger.addLostCard(Sample.card(card), now: now)
        case .find(let card): _ = try await ledger.removeLostCard(Sample.card(card))
        case .importList(let cards):
            try await ledger.importLostCards(cards.map { Sample.card($0) }, now: now)
        case .checkpoint(let hard): try await move(hard: hard)
        }
        return nil
    }

    private func move(hard: Bool) async throws(LedgerError) {
        do {
            try await ledger.checkpoint(hard: hard)
        } catch {
            throw LedgerError(error)
        }
    }
}
