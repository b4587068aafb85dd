/// The keys that are at hand for the cards of another terminal's file.
public struct CardKeys: Sendable {
    /// This machine's own: terminals may share their `data_key`.
    let seal: CardSeal?
    /// The private part of the site's recovery key.
    let secret: RecoverySecret?

    public init(seal: CardSeal? = nil, secret: RecoverySecret? = nil) {
        (self.seal, self.secret) = (seal, secret)
    }

    /// What opens the cards of the file that says `note`; throws why nothing does.
    public func seal(for note: CardKeyNote) throws(CardKeyError) -> CardSeal {
        if let seal, seal.fingerprint == note.fingerprint { return seal }
        guard let wrapped = note.wrapped else { throw .notWrapped }
        guard let secret else { throw .missing }
        guard secret.publicKey.text == note.recovery else { throw .otherKey }
        do throws(CardSealError) {
            let opened = try secret.open(wrapped)
            guard opened.fingerprint == note.fingerprint else { throw .unreadable }
            return opened
        } catch {
            throw .damaged
        }
    }
}

/// Why the cards of a file stay sealed. No case holds any of it.
public enum CardKeyError: Error, Hashable, Sendable {
    /// The file wants the private key that it was wrapped to, and none was given.
    case missing
    /// There was no recovery key when the file was written.
    case notWrapped
    /// The private key belongs to another public key.
    case otherKey
    /// The wrapped key was changed.
    case damaged
}

extension CardKeyError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .missing:
            "the card numbers cannot be opened — they are sealed with another terminal's data_key "
                + "— give the private key of its ledger.recovery_key with --key FILE"
        case .notWrapped:
            "the card numbers cannot be opened — they are sealed with another terminal's data_key, "
                + "and it had no ledger.recovery_key — use a configuration with that data_key"
        case .otherKey:
            "the card numbers cannot be opened — the private key belongs to another public key "
                + "than the terminal's ledger.recovery_key — give the right one with --key FILE"
        case .damaged:
            "the card numbers cannot be opened — the key that was wrapped for a recovery was "
                + "changed — use an untouched copy"
        }
    }
}
