import CardReader
import Ledger
import OAuth
import SyncEngine
import TerminalAgent
import TerminalCore
import TerminalTesting

/// What the world does to the terminal.
extension World {
    func perform(_ act: Act) {
        switch act {
        case .purchase(let purchase): buy(purchase)
        case .weather(let weather):
            note("-- the network is \(weather)")
            network.weather = weather
        case .crash(let steps): crashAfter = steps
        case .restart:
            note("-- the agent is stopped")
            isStopping = life != nil
            life?.stop()
        case .clockJump(let jump):
            note("-- the wall clock jumps by \(jump)")
            clock.setWall(clock.now() + jump)
        case .lost(let card, let isLost):
            note("-- card \(card) is \(isLost ? "reported lost" : "found again")")
            platform.setLost(Sample.card(card).exposed, isLost)
        case .blocked(let card, let isBlocked): block(card, isBlocked)
        case .reversal(let index): reverse(index)
        case .sync: if let life { life.run { await life.engine.syncNow() } }
        case .clone(let clone): platform.nearClone = clone
        }
    }

    // MARK: Payers and the POS

    private func buy(_ purchase: Purchase) {
        let payer = (purchase.code == nil ? "" : "a code of ") + "card \(purchase.card)"
        note("-- purchase \(purchase.number): \(payer), \(purchase.amount) fen")
        guard scenario.rules.mode == .requested else { return payerComes(for: purchase) }
        if purchase.isRepeated { unsold[purchase.number] = purchase }
        life?.sell(purchase)
    }

    /// The POS knows the outcome.
    func isSold(_ purchase: Purchase) { unsold[purchase.number] = nil }

    /// Somebody is about to pay: the payment `seq` that the POS asked for, or the price.
    func payerComes(for purchase: Purchase, seq: String? = nil) {
        guard let wait = purchase.tapAfter else { return }
        let start = clock.uptime() + wait
        let pays = presentation(of: purchase, seq)
        agenda.add(at: start) { pays() }
        if purchase.tapsTwice { agenda.add(at: start + purchase.liesFor * 2) { pays() } }
    }

    private func presentation(of purchase: Purchase, _ seq: String?) -> () -> Void {
        guard let habit = purchase.code else { return { self.tap(purchase) } }
        let text = code(of: purchase, habit)
        guard habit.isTyped, let seq else { return { self.scan(text) } }
        return { self.enter(text, for: seq) }
    }

    private func tap(_ purchase: Purchase) {
        let reader = "reader \(purchase.number % 2)"
        let card = Sample.card(purchase.card)
        note("tap of card \(purchase.card)")
        life?.send(.reading(reader: reader))
        life?.send(.tapped(CardTap(reader: reader, number: card)))
        agenda.add(at: clock.uptime() + purchase.liesFor) {
            self.life?.send(.removed(reader: reader))
        }
    }

    // MARK: Operators

    private func block(_ card: Int, _ isBlocked: Bool) {
        guard let life else { return }
        let number = Sample.card(card)
        note("-- card \(card) is \(isBlocked ? "blocked" : "released") here")
        if !isBlocked { witness.unblock(number.exposed, at: clock.uptime()) }
        life.run {
            if isBlocked {
                guard (try? await life.ledger.addLostCard(number, now: self.clock.now())) != nil,
                    !life.wire.isDead
                else { return }
                self.witness.block(number.exposed, at: self.clock.uptime())
            } else {
                _ = try? await life.ledger.removeLostCard(number)
            }
        }
    }

    private func reverse(_ index: Int) {
        guard let life, let payments = try? life.reader.payments() else { return }
        let approved = payments.filter { ["settled", "accepted", "held"].contains($0.state) }
        guard let payment = approved.dropLast(min(index, approved.count)).last else { return }
        note("-- an operator undoes \(payment.seq)")
        witness.reversedByOperator.insert(payment.seq)
        life.run {
            let reversed = try? await life.agent.reverse(payment.seq, by: "operator")
            if reversed == nil, !life.wire.isDead {
                self.witness.reversedByOperator.remove(payment.seq)
            }
        }
    }

    // MARK: The wire

    /// A request reaches the platform.
    func arrived(_ request: WireRequest) -> WireResponse {
        let response = platform.handle(request)
        note("platform: \(Call(request)) -> \(response.status)\(Self.status(response))")
        return response
    }

    /// The agent takes a last look at the row of an order before it leaves.
    func isLookedAt(_ order: String) {
        let rows = try? life?.reader.payments(where: "order_number = ?", order)
        let isFree = rows?.first.map { !$0.isWithdrawn } ?? false
        lastLooks[order] = isFree ? clock.uptime() : nil
    }

    /// An order is about to leave.
    func posting(_ order: String, carriesLost request: WireRequest) {
        tally["POST", default: 0] += 1
        if unasked.contains(order) { witness.violated(.askedBeforeSentAgain, order) }
        let rows = try? life?.reader.payments(where: "order_number = ?", order)
        guard let row = rows?.first else {
            return witness.violated(.markedBeforeSent, "\(order) is not on disk")
        }
        if row.card == nil { witness.codePosted(row.seq) }
        if row.isWithdrawn, lastLooks[order] != clock.uptime() {
            return witness.violated(.withdrawnIsNotSent, "\(row.seq) is \(row.state)")
        }
        guard row.isInFlight, row.attempts > 0 else {
            return witness.violated(.markedBeforeSent, "\(row.seq) is \(row.state)")
        }
        let maySubmit = scenario.delivery.lostCard == .submit && row.state == "accepted"
        if platform.carriesLostCard(request), !maySubmit {
            witness.violated(.lostCardRefused, "\(row.seq) was posted")
        }
    }

    /// The agent has an answer: to a GET about its order, or a 401, which takes no order.
    func answered(_ call: Call, _ response: WireResponse) {
        switch call {
        case .get(let order): unasked.remove(order)
        case .post(let order) where response.status == 401: unasked.remove(order)
        default: break
        }
    }

    /// The `status` member of a trade, for the trace.
    private static func status(_ response: WireResponse) -> String {
        let text = String(decoding: response.body, as: UTF8.self)
        guard let start = text.firstRange(of: #""status":""#) else { return "" }
        return " " + String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    // MARK: What people see

    func tell(_ seq: String, _ word: Witness.Word, isPage: Bool, _ amount: Int64?) {
        note("told \(isPage ? "the payer" : "the POS"): \(seq) \(word.rawValue)")
        witness.tell(
            Witness.Told(
                seq: seq, word: word, isPage: isPage, amount: amount, at: clock.uptime()))
    }
}
