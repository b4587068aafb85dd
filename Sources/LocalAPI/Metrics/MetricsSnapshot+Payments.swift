internal import Instruments
internal import Ledger
internal import TerminalAgent
internal import TerminalCore

/// The metrics about payments and their money.
extension MetricsSnapshot {
    /// The states that are not final, in the order of a payment's life.
    private static let openStates: [PaymentState] = [
        .awaitingCard, .pending, .accepted, .held, .rejected, .reversing,
    ]

    var open: [MetricFamily] {
        [
            MetricFamily(
                "kiosk_payments_open", .gauge, "Payments that are not closed.",
                perState { Double($0.count) }),
            MetricFamily(
                "kiosk_payments_open_fen", .gauge, "What the payments that are not closed sum to.",
                perState { Double($0.amount.fen) }),
            MetricFamily(
                "kiosk_payments_open_oldest_age_seconds", .gauge,
                "The age of the oldest payment that is not closed.",
                perState { $0.oldestAge / .seconds(1) }),
            MetricFamily(
                "kiosk_payments_in_doubt", .gauge,
                "Declined payments whose order may be somebody's, among the newest 5000.",
                books.map { [MetricSample(Double($0.doubt.count))] } ?? []),
        ]
    }

    /// A state without a reason has a sample at all times: a graph shows zero, not nothing.
    private func perState(_ value: (LedgerFigures.Open) -> Double) -> [MetricSample] {
        guard let figures = books?.figures else { return [] }
        return Self.openStates.flatMap { state -> [MetricSample] in
            let open = figures.open.filter { $0.state == state }
            let plain = open.first { $0.reason == nil }.map(value) ?? 0
            let reasons = Self.sorted(open.filter { $0.reason != nil }) { ($0.state, $0.reason) }
            return [Self.sample(plain, state, nil)]
                + reasons.map { Self.sample(value($0), state, $0.reason) }
        }
    }

    var changes: [MetricFamily] {
        let changes = Self.sorted(tally.changes) { ($0.key.state, $0.key.reason) }
        return [
            MetricFamily(
                "kiosk_payment_changes_total", .counter,
                "Payments that came to a state, by the reason they had there.",
                changes.map { Self.sample(Double($0.value), $0.key.state, $0.key.reason) }),
            MetricFamily(
                "kiosk_offline_approvals_total", .counter,
                "Payments whose payer was told yes without the platform.",
                [MetricSample(Double(tally.offlineApprovals))]),
        ]
    }

    var offline: [MetricFamily] {
        let figures = books?.figures
        let age = figures.map { ($0.oldestUnforwarded ?? .zero) / .seconds(1) }
        return [
            MetricFamily(
                "kiosk_unforwarded_fen", .gauge,
                "What counts against the offline limit of the terminal.",
                figures.map { [MetricSample(Double($0.unforwarded.fen))] } ?? []),
            MetricFamily(
                "kiosk_unforwarded_oldest_age_seconds", .gauge,
                "The age of the oldest payment that counts against the offline limit.",
                age.map { [MetricSample($0)] } ?? []),
            MetricFamily(
                "kiosk_offline_enabled", .gauge, "Key offline.enabled.",
                [MetricSample(policy.enabled)]),
            MetricFamily(
                "kiosk_offline_total_limit_fen", .gauge, "Key offline.total_limit.",
                [MetricSample(Double(policy.totalLimit.fen))]),
            MetricFamily(
                "kiosk_offline_max_age_seconds", .gauge, "Key offline.max_age.",
                [MetricSample(policy.maxAge / .seconds(1))]),
        ]
    }

    var waits: [MetricFamily] {
        [
            MetricFamily(
                "kiosk_tap_to_answer_seconds", .histogram,
                "From the tap to the answer on the screen.",
                answers.approved.samples(["answer": "approved"])
                    + answers.approvedOffline.samples(["answer": "approved_offline"])
                    + answers.declined.samples(["answer": "declined"]))
        ]
    }

    private static func sample(
        _ value: Double, _ state: PaymentState, _ reason: Reason?
    ) -> MetricSample {
        guard let reason else { return MetricSample(value, ["state": state.rawValue]) }
        return MetricSample(value, ["state": state.rawValue, "reason": reason.rawValue])
    }

    /// In an order that is the same at each scrape.
    private static func sorted<Items: Sequence>(
        _ items: Items, by key: (Items.Element) -> (PaymentState, Reason?)
    ) -> [Items.Element] {
        items.sorted { left, right in
            let (one, two) = (key(left), key(right))
            return (one.0.rawValue, one.1?.rawValue ?? "") < (two.0.rawValue, two.1?.rawValue ?? "")
        }
    }
}
