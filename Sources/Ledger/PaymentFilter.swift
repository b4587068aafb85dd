internal import GRDB
public import TerminalCore

/// Which payments a list shows.
public struct PaymentFilter: Hashable, Sendable {
    /// None shows all.
    public var states: Set<PaymentState> = []
    /// None shows all.
    public var reasons: Set<Reason> = []
    /// Only those approved without the platform, or only the others; nil shows both.
    public var isOffline: Bool?
    /// Only those whose order may have reached the platform, or only those that it cannot know, as
    /// ``TerminalCore/Payment/wasNeverSent`` says; nil shows both.
    public var isSent: Bool?
    /// Only those that the platform has told as paid, or only the others; nil shows both.
    public var isKnownPaid: Bool?
    /// The POS's own name for the sale, whole.
    public var reference: String?
    /// How the number of the card ends; see ``TerminalCore/CardNumber/ends(with:)``.
    public var cardEnd: String?
    /// Only those made at this moment or later.
    public var since: Timestamp?
    /// Only those made before this moment.
    public var until: Timestamp?
    /// At most this many, 1 to ``limitMax``.
    public var limit: Int
    /// Only older ones than this id.
    public var before: Int64?

    public static let limitMax = 500
    /// So many payments are looked at for the end of a card's number before a part of the list
    /// ends: one call costs the same after a million.
    public static let lookedAtMax = 5_000

    public init(
        states: Set<PaymentState> = [], since: Timestamp? = nil, limit: Int = 50,
        before: Int64? = nil
    ) {
        self.states = states
        self.since = since
        self.limit = min(max(limit, 1), Self.limitMax)
        self.before = before
    }
}

extension PaymentFilter {
    /// What a row must satisfy, all but the card.
    ///
    /// Numbers and texts are bound, so that few statements serve all filters.
    var clause: (text: String, values: [any StatementBinding]) {
        var parts = ["1"]
        var values: [any StatementBinding] = []
        func add(_ part: String, _ value: any StatementBinding) {
            parts.append(part)
            values.append(value)
        }
        if !states.isEmpty { parts.append("state IN (\(Self.list(states)))") }
        if !reasons.isEmpty { parts.append("reason IN (\(Self.list(reasons)))") }
        if let isOffline { add("offline = ?", isOffline) }
        if let isSent { parts.append("(attempts > 0 OR \(Self.knownPaid)) = \(isSent ? 1 : 0)") }
        if let isKnownPaid { parts.append("\(Self.knownPaid) = \(isKnownPaid ? 1 : 0)") }
        if let reference { add("reference = ?", reference) }
        if let since { add("created_at >= ?", since.milliseconds) }
        if let until { add("created_at < ?", until.milliseconds) }
        if let before { add("id < ?", before) }
        return (parts.joined(separator: " AND "), values)
    }

    private static let knownPaid = "(trade_id IS NOT NULL OR paid_amount IS NOT NULL)"

    private static func list(
        _ words: some Sequence<some RawRepresentable<String>>
    ) -> String {
        words.map { "'\($0.rawValue)'" }.sorted().joined(separator: ", ")
    }
}
