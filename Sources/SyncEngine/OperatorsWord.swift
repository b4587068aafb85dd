public import Ledger

/// Who decides about a payment, and why.
public struct OperatorsWord: Hashable, Sendable {
    public var by: String
    public var why: String?

    public init(by: String, why: String? = nil) {
        self.by = by
        self.why = why
    }

    /// The reason, then what the engine has to add.
    func note(_ remark: String? = nil) -> String? {
        let parts = [why, remark].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " — ")
    }
}

/// Why an operator's decision was not carried out; the payment stays as it is.
public enum DecisionError: Error, Hashable, Sendable {
    /// The ledger's word, for example that the payment's state allows no such decision.
    case ledger(LedgerError)
    /// The engine talks to the platform about this payment right now.
    case busy
    /// The platform must be asked first, and gives no answer.
    case unreachable
    /// What the platform says forbids it; the text says what, why and what to do.
    case forbidden(String)
}
