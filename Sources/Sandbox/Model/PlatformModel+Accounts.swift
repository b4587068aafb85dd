/// An account as `GET /sovellpay/v2/accounts` tells it, from wire/sovell.md: all of them texts.
struct AccountAnswer: Encodable, Hashable, Sendable {
    var name: String
    var group_id: String
    var id: String
    var account_id: String
    var status: String
}

/// A voucher as `GET /sovellpay/v2/props` tells it; the wire page has the names alone, what they
/// hold is assumed.
struct VoucherAnswer: Encodable, Hashable, Sendable {
    /// When it can be used.
    struct Condition: Encodable, Hashable, Sendable {
        struct Amount: Encodable, Hashable, Sendable {
            /// Fen.
            let least: Int64
            enum CodingKeys: String, CodingKey { case least = "$ge" }
        }
        struct Span: Encodable, Hashable, Sendable {
            /// Unix milliseconds.
            let after: Int64
            let before: Int64
            enum CodingKeys: String, CodingKey {
                case after = "$gt"
                case before = "$lt"
            }
        }
        struct Groups: Encodable, Hashable, Sendable {
            let any: [String]
            enum CodingKeys: String, CodingKey { case any = "$in" }
        }

        let amount: Amount
        let date: Span
        let group_id: Groups
    }

    let _id: String
    let _rev: String
    /// Unix milliseconds.
    let _exp: Int64
    let realname: String
    /// Fen.
    let amount: Int64
    let name: String
    let effect_day: Int
    let remark: String
    let condition: Condition

    enum CodingKeys: String, CodingKey {
        case _id, _rev, _exp, realname, amount, name, effect_day, remark
        case condition = "where"
    }
}

extension PlatformModel {
    /// The group that all accounts of the sandbox are in.
    static let group = "canteen"
    /// How long a voucher of the sandbox lives, in days.
    static let voucherDays = 30
    /// The vouchers that every card has; amounts in fen.
    static let vouchers: [(amount: Int64, name: String)] = [(200, "Breakfast"), (500, "Lunch")]

    /// A card or its holder sees the account behind it, a terminal sees all (assumed).
    func accountsAsked(bearer: String?, now: Int64) throws(Refusal) -> [AccountAnswer] {
        guard let subject = subject(bearer: bearer, now: now) else { throw .unauthorised }
        return cards(of: subject).map { card in
            let account = accountID(of: card.number)
            return AccountAnswer(
                name: card.name, group_id: Self.group, id: String(account.prefix(24)),
                account_id: account, status: card.st ?? "normal")
        }
    }

    /// Two vouchers for each card that the token may see (assumed).
    func vouchersAsked(bearer: String?, now: Int64) throws(Refusal) -> [VoucherAnswer] {
        guard let subject = subject(bearer: bearer, now: now) else { throw .unauthorised }
        return cards(of: subject).flatMap { card in
            Self.vouchers.map { voucher($0.amount, $0.name, for: card, now: now) }
        }
    }

    private func cards(of subject: TokenTable.Subject) -> [SandboxCard] {
        guard let number = subject.cardNumber else { return cards }
        return card(number).map { [$0] } ?? []
    }

    private func voucher(
        _ amount: Int64, _ name: String, for card: SandboxCard, now: Int64
    ) -> VoucherAnswer {
        let end = now + Int64(Self.voucherDays) * 86_400_000
        return VoucherAnswer(
            _id: String(accountID(of: card.number + name).prefix(24)), _rev: "1", _exp: end,
            realname: card.name, amount: amount, name: name, effect_day: Self.voucherDays,
            remark: "from the sandbox",
            condition: VoucherAnswer.Condition(
                amount: .init(least: 2 * amount), date: .init(after: now, before: end),
                group_id: .init(any: [Self.group])))
    }
}
