internal import TerminalCore

extension Keys {
    enum Payment {
        static let mode = Key(
            "payment.mode", ScalarType<Settings.PaymentRules.Mode>.word, default: "requested",
            about: "a POS asks for each payment, or each tap pays")
        static let title = Key<String?>(
            "payment.title", as: .orNull(.text()), default: "null", .reloadable,
            about: "the title of a payment without one; null = terminal.name")
        static let fixedAmount = Key<Money?>(
            "payment.fixed_amount", as: .orNull(.fen(1...Int(Money.paymentMax.fen))),
            default: "1500", .reloadable,
            about: "fixed mode: what a tap pays; null = only within the schedule")
        static let schedule = Key<[WrittenPeriod]>(
            "payment.schedule", as: .schedule, default: "[]", .reloadable,
            about: "fixed mode: amounts by the time of the day")
        static let perCardPerPeriod = Key(
            "payment.per_card_per_period",
            .integer(0...100, zero: Phrase(en: "no limit", zh: "不限")), default: "0",
            .reloadable, about: "fixed mode: how often one card may pay in one period")
        static let repeatWindow = Key(
            "payment.repeat_window",
            .duration(
                "100ms", "10m", zero: Phrase(en: "every tap counts", zh: "每次刷卡都计")),
            default: "3s", .reloadable, about: "the same card within this time is one tap")
        static let tapTimeout = Key(
            "payment.tap_timeout", .duration("1s", "10m"), default: "60s", .reloadable,
            about: "how long a payment waits for its card")

        static let rows = [
            mode.row, title.row, fixedAmount.row, schedule.row, perCardPerPeriod.row,
            repeatWindow.row, tapTimeout.row,
        ]
    }

    enum Offline {
        static let enabled = Key(
            "offline.enabled", .boolean, default: "true", .reloadable,
            about: "whether payments are accepted while the platform cannot be asked")
        static let paymentLimit = Key(
            "offline.payment_limit", .fen(0...Int(Money.paymentMax.fen)), default: "5000",
            .reloadable, about: "the largest offline payment, in fen")
        static let cardLimit = Key(
            "offline.card_limit", .fen(0...1_000_000_000), default: "10000", .reloadable,
            about: "the most one card may have unforwarded, in fen")
        static let totalLimit = Key(
            "offline.total_limit", .fen(0...100_000_000_000), default: "500000", .reloadable,
            about: "the most this terminal may have unforwarded, in fen")
        static let maxAge = Key(
            "offline.max_age", .duration("1m", "365d"), default: "72h", .reloadable,
            about: "no more offline payments once the oldest unforwarded one is this old")
        static let knownCardsOnly = Key(
            "offline.known_cards_only", .boolean, default: "false", .reloadable,
            about: "only cards that were seen online within known_card_age")
        static let knownCardAge = Key(
            "offline.known_card_age", .duration("1m", "3650d"), default: "30d", .reloadable,
            about: "how long a card counts as known after it was seen online")
        static let lostCard = Key(
            "offline.lost_card", ScalarType<Settings.LostCardRule>.word, default: "hold",
            .reloadable, about: "what happens to an accepted payment whose card turns out lost")
        static let lostListMaxAge = Key(
            "offline.lost_list_max_age",
            .duration("1m", "365d", zero: Phrase(en: "any age", zh: "不限")), default: "0",
            .reloadable, about: "no offline payments while the imported lost list is older")

        static let rows = [
            enabled.row, paymentLimit.row, cardLimit.row, totalLimit.row, maxAge.row,
            knownCardsOnly.row, knownCardAge.row, lostCard.row, lostListMaxAge.row,
        ]
    }
}
