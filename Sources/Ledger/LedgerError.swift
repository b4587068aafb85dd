internal import GRDB
internal import Sealing
internal import TerminalCore

/// What can go wrong with the ledger. No case holds a card number.
public enum LedgerError: Error, Hashable, Sendable {
    /// Another process holds the lock file of this path.
    case locked(String)
    /// The file or its directory cannot be opened or written; the text is the system's.
    case unusable(String)
    /// `PRAGMA synchronous` does not read back as FULL.
    case notDurable(Int)
    /// The file was written by a newer agent.
    case tooNew
    /// No payment has this order number.
    case notFound
    /// The reference belongs to a payment of another amount, or to one that is being reversed.
    case referenceConflict(String)
    /// The payment is not in a state that allows this.
    case wrongState(String)
    /// The card has a payment without an outcome.
    case cardIsPaying
    /// A copied ledger lies there without its `-wal`.
    case walMissing(String)
    /// An agent writes the file too fast for a consistent copy.
    case beingWritten(String)
    /// Another list is on its way in.
    case importing
    /// SQLite or the system refused: full disk, read-only, I/O error, damage; see ``trouble``.
    case storage(code: Int32, String)
    /// A ledger without damage is not set aside.
    case whole(String)
    /// The directory of the mirror, whose order numbers are needed, cannot be read.
    case mirrorMissing(String)
    /// The card numbers are sealed and no key is given.
    case cardsSealed
    /// The card numbers are sealed with another key.
    case otherDataKey

    /// A row holds what the agent never writes.
    static let notAsWritten = LedgerError.storage(
        code: StorageTrouble.corrupt.code, "a row is not what was written")

    init(_ error: any Error) {
        switch error {
        case let error as LedgerError: self = error
        case let error as DatabaseError:
            self = .storage(code: error.resultCode.rawValue, error.message ?? "SQLite error")
        // Its own text may hold the row.
        case is RowDecodingError, is CardError, is CardSealError:
            self = .notAsWritten
        default: self = .storage(code: 1, "\(error)")
        }
    }
}

extension LedgerError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .locked(let path):
            "the ledger is in use — another agent holds \(path) — stop it first"
        case .unusable(let text):
            "the ledger cannot be opened — \(text) — check ledger.path, its owner and its disk"
        case .notDurable(let level):
            "the ledger would not survive a power cut — SQLite's synchronous reads "
                + "\(level), not 2 — use a SQLite that honours it"
        case .tooNew:
            "the ledger was written by a newer agent — going back is not possible — "
                + "install that version again"
        case .notFound: "there is no such payment — the order number is unknown — check it"
        case .referenceConflict(let seq):
            "the reference is taken — payment \(seq) has it with another amount or is being "
                + "reversed — use a new reference"
        case .wrongState(let state):
            "the payment cannot be changed so — it is \(state) — look at its history"
        case .cardIsPaying:
            "the card is busy — its last payment has no outcome yet — wait a moment"
        case .walMissing(let path):
            "the ledger may be incomplete — \(path)-wal is missing, and payments may be in it "
                + "only — copy it too, or say --no-wal if the ledger was closed cleanly"
        case .beingWritten(let path):
            "the ledger cannot be copied — an agent writes \(path) all the time — "
                + "try again in a moment"
        case .importing:
            "the list cannot be imported — another import is under way — wait for its end"
        case .storage(let code, let text):
            trouble?.text("\(text) (\(code))")
                ?? "the ledger cannot be written — SQLite says \(text) (\(code)) — "
                + "check the disk; payments are refused until it is mended"
        case .whole(let path):
            "the ledger stays — \(path) is not damaged — start the agent"
        case .mirrorMissing(let path):
            "the ledger stays — its order numbers may be in the mirror only, and \(path) cannot be "
                + "read — mount its medium, or say --without-mirror if it is lost"
        case .cardsSealed:
            "the ledger's card numbers cannot be read — they are sealed, and there is no data_key "
                + "— put the credential data_key back in its place"
        case .otherDataKey:
            "the ledger's card numbers cannot be read — they are sealed with another data_key — "
                + "put the former credential data_key back in its place"
        }
    }
}
