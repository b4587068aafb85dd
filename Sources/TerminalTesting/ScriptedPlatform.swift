public import SyncEngine
public import TerminalCore

/// A reference model of the platform: it keeps orders, answers by script or honestly, and notes
/// every use that the contract forbids.
public actor ScriptedPlatform: Platform {
    /// One kind of call.
    public enum Kind: String, Hashable, Sendable {
        /// The card's exchange, with which each delivery begins.
        case exchange
        case deliver, ask, reverse, probe
    }

    /// A call as it came in.
    public struct Call: Hashable, Sendable {
        public var kind: Kind
        public var order: String
        public var card: CardNumber?
        /// The code that a delivery brought.
        public var code: OneTimeCode?
    }

    /// What a scripted call does.
    public enum Step: Hashable, Sendable {
        /// As a healthy platform would.
        case honest
        /// This answer, without an effect.
        case answer(PlatformAnswer)
        /// The effect happens, its answer gets lost.
        case answerLost
    }

    /// An order at the platform.
    public struct Order: Hashable, Sendable {
        public var seq: String
        public var card: CardNumber?
        public var amount: Money
        public var isClosed = false
        public var refunds = 0
    }

    public private(set) var calls: [Call] = []
    public private(set) var orders: [String: Order] = [:]
    /// Uses that must never happen, in words; tests expect none.
    public private(set) var violations: [String] = []
    /// The most deliveries that were under way at once.
    public private(set) var deliveriesAtOnce = 0
    /// The cards that the platform reports lost.
    public var lostCards: Set<CardNumber> = []
    /// The cards whose balance is too low.
    public var poorCards: Set<CardNumber> = []
    private var isReachable = true
    private var steps: [Kind: [Step]] = [:]
    private var underWay: [String: [Kind]] = [:]
    private var held: Set<Kind> = []
    private var gates: [Kind: [CheckedContinuation<Void, Never>]] = [:]
    private var watchers: [Watcher] = []

    private struct Watcher {
        var kind: Kind
        var count: Int
        var continuation: CheckedContinuation<Void, Never>
    }

    public init() {}
}

/// What a test arranges.
extension ScriptedPlatform {
    /// The next calls of `kind` do this, one after the other; then it is honest again.
    public func script(_ kind: Kind, _ next: Step...) { steps[kind, default: []] += next }

    /// Cuts or mends the network: nothing is sent while it is cut.
    public func reachable(_ isReachable: Bool) { self.isReachable = isReachable }

    public func lose(_ card: CardNumber) { lostCards.insert(card) }

    public func impoverish(_ cards: CardNumber...) { poorCards.formUnion(cards) }

    /// Somebody else used this order number before.
    public func occupy(_ order: String) {
        orders[order] = Order(seq: "somebody else's", amount: Money(fen: 1))
    }

    /// The order was paid at the platform, without a word to the terminal.
    public func charge(_ payment: Payment) {
        orders[payment.order] = Order(
            seq: payment.seq, card: payment.card, amount: payment.amount)
    }

    /// The order died at the platform, or was refunded there.
    public func close(order: String) { orders[order]?.isClosed = true }

    /// Calls of `kind` come in and stay without an answer until ``release(_:)``.
    public func hold(_ kind: Kind) { held.insert(kind) }

    /// Answers the calls that are held.
    public func release(_ kind: Kind) {
        held.remove(kind)
        for gate in gates.removeValue(forKey: kind) ?? [] { gate.resume() }
    }

    /// Answers the call that is held the longest; the others stay held.
    public func releaseOne(_ kind: Kind) {
        guard gates[kind]?.isEmpty == false else { return }
        gates[kind]?.removeFirst().resume()
    }

    /// Returns once `count` calls of `kind` have come in since the beginning.
    public func waitForCalls(_ count: Int, of kind: Kind) async {
        if self.count(kind) >= count { return }
        await withCheckedContinuation { continuation in
            watchers.append(Watcher(kind: kind, count: count, continuation: continuation))
        }
    }

    public func count(_ kind: Kind) -> Int { calls.count { $0.kind == kind } }

    /// The calls about orders, in words: `deliver`, `ask`, `reverse`.
    public var story: [String] {
        calls.filter { !$0.order.isEmpty }.map(\.kind.rawValue)
    }

    /// What `seq` has really cost its card: the sum of its open orders.
    public func charged(_ seq: String) -> Money {
        orders.values.filter { $0.seq == seq && !$0.isClosed }.reduce(.zero) { $0 + $1.amount }
    }
}

/// What the engine calls.
extension ScriptedPlatform {
    public func deliver(
        _ payment: Payment, code: OneTimeCode?, despiteLoss: @Sendable () async -> Bool,
        clearance: @Sendable () async -> Payment?
    ) async -> Delivery {
        note(Call(kind: .exchange, order: "", card: nil))
        await pass(.exchange)
        if case .answer(let answer) = nextStep(.exchange) { return Delivery(answer) }
        guard let payment = await clearance() else { return Delivery(.notSent(.withdrawn)) }
        await enter(.deliver, payment, code)
        defer { leave(.deliver, payment) }
        guard isReachable else { return Delivery(.notSent(.network)) }
        switch nextStep(.deliver) {
        case .answer(let answer): return Delivery(answer)
        case .honest: return await post(payment, despiteLoss)
        case .answerLost:
            _ = await post(payment, despiteLoss)
            return Delivery(.unknown)
        }
    }

    public func ask(_ payment: Payment, patience: Duration?) async -> PlatformAnswer {
        await enter(.ask, payment)
        defer { leave(.ask, payment) }
        guard isReachable else { return .notSent(.network) }
        switch nextStep(.ask) {
        case .answer(let answer): return answer
        case .answerLost: return .unknown
        case .honest: return look(payment)
        }
    }

    public func reverse(_ payment: Payment) async -> PlatformAnswer {
        await enter(.reverse, payment)
        defer { leave(.reverse, payment) }
        guard isReachable else { return .notSent(.network) }
        switch nextStep(.reverse) {
        case .answer(let answer): return answer
        case .honest: return close(payment)
        case .answerLost:
            _ = close(payment)
            return .unknown
        }
    }

    public func probe() async -> Trouble? {
        note(Call(kind: .probe, order: "", card: nil))
        await pass(.probe)
        guard isReachable else { return .network }
        if case .answer(.notSent(let trouble)) = nextStep(.probe) { return trouble }
        return nil
    }
}

/// The model.
extension ScriptedPlatform {
    private func post(
        _ payment: Payment, _ despiteLoss: @Sendable () async -> Bool
    ) async -> Delivery {
        if let card = payment.card, lostCards.contains(card), await !despiteLoss() {
            return Delivery(.cardLost, card: .lost)
        }
        if let order = orders[payment.order] {
            if order.seq != payment.seq { return Delivery(.collision) }
            return Delivery(order.isClosed ? .dead : .charged(Trade(id: "T" + payment.order)))
        }
        if let card = payment.card, poorCards.contains(card) {
            return Delivery(.refused(.balanceTooLow), card: .vouched)
        }
        if charged(payment.seq) > .zero { violations.append("\(payment.seq) is charged twice") }
        charge(payment)
        let trade = Trade(id: "T" + payment.order, paid: payment.amount)
        return Delivery(.charged(trade), card: .vouched)
    }

    private func look(_ payment: Payment) -> PlatformAnswer {
        guard let order = orders[payment.order] else { return .absent }
        if order.seq != payment.seq {
            return .conflict(order.isClosed ? nil : Trade(id: "T", paid: order.amount))
        }
        return order.isClosed
            ? .dead : .charged(Trade(id: "T" + payment.order, paid: payment.amount))
    }

    private func close(_ payment: Payment) -> PlatformAnswer {
        guard var order = orders[payment.order] else { return .absent }
        if order.seq != payment.seq { violations.append("somebody else's order is reversed") }
        if !order.isClosed { order.refunds += 1 }
        order.isClosed = true
        orders[payment.order] = order
        return .dead
    }

    private func nextStep(_ kind: Kind) -> Step {
        guard let step = steps[kind]?.first else { return .honest }
        steps[kind]?.removeFirst()
        return step
    }

    /// Checks that this call may be made now, and waits while its kind is held.
    private func enter(
        _ kind: Kind, _ payment: Payment, _ code: OneTimeCode? = nil
    ) async {
        check(kind, payment, code)
        underWay[payment.order, default: []].append(kind)
        let posts = underWay.values.joined().count { $0 == .deliver }
        deliveriesAtOnce = max(deliveriesAtOnce, posts)
        note(Call(kind: kind, order: payment.order, card: payment.card, code: code))
        await pass(kind)
    }

    private func leave(_ kind: Kind, _ payment: Payment) {
        guard let index = underWay[payment.order]?.firstIndex(of: kind) else { return }
        underWay[payment.order]?.remove(at: index)
    }

    private func check(_ kind: Kind, _ payment: Payment, _ code: OneTimeCode?) {
        let others = underWay[payment.order] ?? []
        if !others.isEmpty { violations.append("\(kind) of \(payment.order) beside \(others)") }
        if let code, calls.contains(where: { $0.code == code }) {
            violations.append("a code of \(payment.order) is sent twice")
        }
        switch kind {
        case .deliver where payment.card == nil && code == nil:
            violations.append("a POST of \(payment.order), which nobody pays")
        case .deliver where !payment.inFlight:
            violations.append("a POST of \(payment.order) without its mark")
        case .deliver where payment.state != .pending && payment.state != .accepted:
            violations.append("a POST of \(payment.order), which is \(payment.state)")
        case .reverse where payment.state != .reversing:
            violations.append("a DELETE of \(payment.order), which is \(payment.state)")
        default: break
        }
    }

    private func pass(_ kind: Kind) async {
        guard held.contains(kind) else { return }
        await withCheckedContinuation { gates[kind, default: []].append($0) }
    }

    private func note(_ call: Call) {
        calls.append(call)
        let ready = watchers.filter { $0.count <= count($0.kind) }
        watchers.removeAll { $0.count <= count($0.kind) }
        for watcher in ready { watcher.continuation.resume() }
    }
}
