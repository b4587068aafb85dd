import Foundation
import OAuth
import TerminalCore
import TerminalTesting

/// A small model of the platform, written from its wire alone; shares no code with the client.
///
/// Like everything of a world it lives on the one thread of its ``SeededExecutor``. Signatures are
/// not checked: the tests of `SovellPay` hold them against a fixed example.
final class ReferencePlatform {
    static let base = "http://127.0.0.1:1"
    private static let trade = base + "/sovellpay/v2/trade"

    private struct Account {
        var balance: Int64
        var isLost = false
    }

    private struct Issued {
        /// Whose money it spends; nil for the terminal's own.
        var card: String?
        /// The code that was redeemed for it.
        var code: String?
        var isLost: Bool
        var until: Duration
    }

    /// A code that was given out, and is good once.
    private struct GivenCode {
        var card: String
        var isRedeemed = false
    }

    private(set) var orders: [String: Order] = [:]
    private(set) var movements: [Movement] = []
    /// The cloned terminal that is about to use our next number.
    var nearClone: Clone?
    let sabotage: Sabotage?
    let habits: PlatformHabits
    var dice: Dice
    private var accounts: [String: Account] = [:]
    private var codes: [String: GivenCode] = [:]
    private var tokens: [String: Issued] = [:]
    /// Whether a voucher pays half of an order.
    private var vouchers: [String: Bool] = [:]
    private let clock: ManualClock
    private let agenda: Agenda

    init(scenario: Scenario, sabotage: Sabotage?, clock: ManualClock, agenda: Agenda) {
        habits = scenario.habits
        self.sabotage = sabotage
        dice = Dice(seed: scenario.seed, .platform)
        self.clock = clock
        self.agenda = agenda
        for card in 0..<Scenario.cards where card != Scenario.unknownCard {
            let balance: Int64 = card == Scenario.poorCard ? 2_500 : 1_000_000
            accounts[Sample.card(card).exposed] = Account(balance: balance)
        }
    }

    func setLost(_ card: String, _ isLost: Bool) { accounts[card]?.isLost = isLost }

    /// Gives the owner of `card` this code, once; who is not known here gets none.
    func give(_ code: String, to card: String) {
        guard accounts[card] != nil, codes[code] == nil else { return }
        codes[code] = GivenCode(card: card)
    }

    /// Whether the request carries a token that was given out with `st` lost.
    func carriesLostCard(_ request: WireRequest) -> Bool { issued(request)?.isLost ?? false }

    func handle(_ request: WireRequest) -> WireResponse {
        if request.url == Self.base + "/oauth/v2/token" { return token(request) }
        guard let bearer = issued(request), clock.uptime() < bearer.until else {
            return answer(401, #"{"error":"invalid_token"}"#)
        }
        switch request.method {
        case .post where request.url == Self.trade: return post(request, bearer)
        case .get: return shown(orders[number(in: request)])
        case .delete: return delete(number(in: request))
        case .post: return answer(404, "{}")
        }
    }

    // MARK: Tokens

    private func token(_ request: WireRequest) -> WireResponse {
        let form = fields(request)
        guard form["client_secret"] == "secret" else {
            return answer(401, #"{"error":"invalid_client"}"#)
        }
        let code = form["code"] ?? ""
        switch form["grant_type"] {
        case "offline_cert": return exchange(String(code.dropFirst("card/".count)))
        case "authorization_code": return redeem(code)
        default: return issue(nil, isLost: false)
        }
    }

    private func exchange(_ card: String) -> WireResponse {
        guard let account = accounts[card] else { return invalidGrant }
        return issue(card, isLost: account.isLost)
    }

    /// A code stands for a person, whose card may be lost.
    private func redeem(_ code: String) -> WireResponse {
        guard let given = codes[code], !given.isRedeemed else { return invalidGrant }
        codes[code]?.isRedeemed = true
        return issue(given.card, by: code, isLost: false)
    }

    private var invalidGrant: WireResponse { answer(400, #"{"error":"invalid_grant"}"#) }

    private func issue(_ card: String?, by code: String? = nil, isLost: Bool) -> WireResponse {
        let name = "token\(tokens.count)"
        tokens[name] = Issued(
            card: card, code: code, isLost: isLost,
            until: clock.uptime() + .seconds(habits.tokenLife))
        let state = isLost ? #","st":"lost""# : ""
        return answer(
            200, #"{"access_token":"\#(name)","expires_in":\#(habits.tokenLife)\#(state)}"#)
    }

    private func issued(_ request: WireRequest) -> Issued? {
        let header = request.headers.first { $0.name == "Authorization" }
        return (header?.value.dropFirst("Bearer ".count)).flatMap { tokens[String($0)] }
    }

    // MARK: Orders

    private func post(_ request: WireRequest, _ bearer: Issued) -> WireResponse {
        guard let body = request.body, let card = bearer.card,
            let fields = try? JSONDecoder().decode([String: String].self, from: Data(body)),
            let number = fields["seq"], let intent = fields["intent"],
            let amount = Int64(intent.dropFirst("pay ".count)), amount > 0
        else { return answer(400, #"{"error":"bad_request"}"#) }
        // Whose order it is that stands under the number of a code nobody could tell.
        if orders[number] == nil, bearer.code == nil { takenByClone(number, card, amount) }
        if let known = orders[number] {
            if sabotage == .chargesAgain, known.status == .normal { move(number, 1) }
            return known.status == .normal ? answer(406, "{}") : shown(known)
        }
        return create(number, card, bearer.code, amount)
    }

    private func create(
        _ number: String, _ card: String, _ code: String?, _ amount: Int64
    ) -> WireResponse {
        let paid = hasVoucher(number) ? max(1, amount / 2) : amount
        let isShort = (accounts[card]?.balance ?? 0) < paid
        if isShort, !habits.shortBalanceMakesOrder { return answer(402, #"{"error":"balance"}"#) }
        orders[number] = Order(
            number: number, card: card, code: code, amount: amount, paid: paid,
            status: isShort ? .fail : .accepted, createdAt: wall)
        if !isShort { begin(number) }
        return shown(orders[number])
    }

    /// A voucher is the payer's, not a request's: what repeats a POST that was refused a moment
    /// ago finds the same purse.
    private func hasVoucher(_ number: String) -> Bool {
        let has = vouchers[number] ?? dice.chance(habits.vouchers)
        vouchers[number] = has
        return has
    }

    /// Pays the order at once, or after a while in which it may also fail.
    private func begin(_ number: String) {
        guard dice.chance(habits.processing) else { return pay(number) }
        let fails = dice.chance(20)
        later(dice.milliseconds(100...200_000)) { [weak self] in
            guard let self, orders[number]?.status == .accepted else { return }
            if fails { orders[number]?.status = .fail } else { pay(number) }
        }
    }

    private func pay(_ number: String) {
        guard let order = orders[number] else { return }
        guard (accounts[order.card]?.balance ?? 0) >= order.paid else {
            orders[number]?.status = .fail
            return
        }
        move(number, 1)
        orders[number]?.status = .normal
    }

    private func delete(_ number: String) -> WireResponse {
        switch orders[number]?.status {
        case nil: return answer(404, "{}")
        case .accepted, .fail: orders[number]?.status = .closed
        case .normal: refund(number)
        case .refunding, .closed: break
        }
        return shown(orders[number])
    }

    private func refund(_ number: String) {
        guard dice.chance(habits.slowRefunds) else {
            if sabotage != .keepsRefunds { move(number, -1) }
            orders[number]?.status = .closed
            return
        }
        orders[number]?.status = .refunding
        later(dice.milliseconds(100...60_000)) { [weak self] in
            self?.move(number, -1)
            self?.orders[number]?.status = .closed
        }
    }

    /// Takes the order's money, or gives it back.
    private func move(_ number: String, _ sign: Int64) {
        guard let order = orders[number] else { return }
        accounts[order.card]?.balance -= sign * order.paid
        movements.append(Movement(order: number, amount: sign * order.amount))
    }

    private func takenByClone(_ number: String, _ card: String, _ amount: Int64) {
        switch nearClone {
        case nil: return
        case .stranger:
            orders[number] = Order(
                number: number, card: "CLONE", amount: 777, paid: 777, status: .normal,
                createdAt: wall, isForeign: true)
        case .twin:
            orders[number] = Order(
                number: number, card: card, amount: amount, paid: amount, status: .normal,
                createdAt: wall, isTwins: true)
            move(number, 1)
        }
        nearClone = nil
    }

    /// Does something after a while, although nobody calls.
    private func later(_ delay: Duration, _ action: @escaping () -> Void) {
        agenda.add(at: clock.uptime() + delay, platforms: true, action)
    }

    // MARK: Wire

    /// The platform's own clock, which never jumps.
    private var wall: Int64 { (Sample.start + clock.uptime()).milliseconds }

    private func number(in request: WireRequest) -> String {
        let tail = request.url.dropFirst(Self.trade.count + 1)
        return String(tail.prefix { $0 != "?" })
    }

    private func fields(_ request: WireRequest) -> [String: String] {
        let text = String(decoding: request.body ?? [], as: UTF8.self)
        let pairs = text.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
        return Dictionary(
            pairs.map { pair in
                (String(pair[0]), pair.count > 1 ? pair[1].removingPercentEncoding ?? "" : "")
            }, uniquingKeysWith: { $1 })
    }

    private func shown(_ order: Order?) -> WireResponse {
        guard let order else { return answer(404, "{}") }
        let balance = accounts[order.card]?.balance ?? 0
        let card = order.code == nil ? #""card":"\#(order.card)","# : ""
        return answer(
            200,
            """
            {"id":"T\(order.number)","seq":"\(order.number)","create_time":\(order.createdAt),\
            "status":"\(order.status.rawValue)","detail":[{\(card)\
            "amount":\(order.paid),"balance":\(balance)}]}
            """)
    }

    private func answer(_ status: Int, _ body: String) -> WireResponse {
        WireResponse(status: status, body: Array(body.utf8))
    }
}
