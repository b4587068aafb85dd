/// One line of a payment's history.
public struct PaymentChange: Hashable, Sendable, Identifiable {
    /// Runs over all payments; the id of the payment's event.
    public var id: Int64
    public var seq: String
    public var at: Timestamp
    /// Nil for the first line.
    public var from: PaymentState?
    public var to: PaymentState
    public var reason: Reason?
    /// The order number at that moment.
    public var order: String
    /// Who: `agent`, `pos`, or an operator's name.
    public var by: String
    /// What else an operator or the engine had to say.
    public var note: String?

    public init(
        id: Int64, seq: String, at: Timestamp, from: PaymentState?, to: PaymentState,
        reason: Reason?, order: String, by: String, note: String?
    ) {
        self.id = id
        self.seq = seq
        self.at = at
        self.from = from
        self.to = to
        self.reason = reason
        self.order = order
        self.by = by
        self.note = note
    }
}
