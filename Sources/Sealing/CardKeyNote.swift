/// What a file with sealed cards says of their key: a ledger in a row, a journal in its head.
public struct CardKeyNote: Hashable, Sendable {
    /// As ``CardSeal/fingerprint`` has it.
    public var fingerprint: String
    /// The public key as ``RecoveryKey/text`` has it; nil without one.
    public var recovery: String?
    /// The key of the cards as it is wrapped to the public key; nil without one.
    public var wrapped: String?

    public init(fingerprint: String, recovery: String?, wrapped: String?) {
        (self.fingerprint, self.recovery, self.wrapped) = (fingerprint, recovery, wrapped)
    }

    /// Wraps the key of `seal` to `recovery`, anew each time.
    public init(_ seal: CardSeal, for recovery: RecoveryKey?) {
        self.init(
            fingerprint: seal.fingerprint, recovery: recovery?.text, wrapped: recovery?.wrap(seal))
    }
}
