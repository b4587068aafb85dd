internal import Sealing
internal import TerminalCore

/// How card numbers stand in the file: sealed when there is a key, else as they are.
///
/// Whatever reads or writes a column `card` goes through here; everything above sees the number.
struct CardColumn: Sendable {
    /// For files without a sealed number, or of which none is to be read.
    static let plain = CardColumn(seal: nil)

    let seal: CardSeal?
    /// Who can open the cards when this machine is lost.
    let recovery: RecoveryKey?
    /// Sealed numbers without their key are left out, and no error: for a copy that is only
    /// looked at.
    let leavesSealed: Bool

    init(seal: CardSeal?, recovery: RecoveryKey? = nil, leavesSealed: Bool = false) {
        (self.seal, self.recovery, self.leavesSealed) = (seal, recovery, leavesSealed)
    }

    /// The texts of `card`, for lookups and for new rows.
    func stored(_ card: CardNumber) -> StoredCard {
        StoredCard(text: seal?.text(of: card) ?? card.exposed, plain: card.exposed)
    }

    /// The number that stands as `text`; nil for a sealed one that is left out.
    ///
    /// Throws ``LedgerError/cardsSealed`` for a sealed one without a key.
    func number(_ text: String) throws -> CardNumber? {
        if leavesSealed, seal == nil, CardSeal.isSealed(text) { return nil }
        return try CardNumber(exposed(text))
    }

    /// The same for what may be no number at all, as a damaged file can hold anything.
    func exposed(_ text: String) throws -> String {
        guard CardSeal.isSealed(text) else { return text }
        guard let seal else { throw LedgerError.cardsSealed }
        return try seal.number(of: text).exposed
    }
}

/// A card as the columns `card` hold it. Lookups take this and no number, so that none forgets to
/// ask for the sealed text.
struct StoredCard: Hashable, Sendable {
    /// What is written.
    let text: String
    /// The number as it stands where it was written before there was a key.
    let plain: String

    /// True where nothing is sealed.
    var hasOneText: Bool { text == plain }
}
