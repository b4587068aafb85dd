/// Whether the ledger can keep what it is given.
public enum StorageHealth: Hashable, Sendable {
    case fine
    /// New payments are refused; `detail` is the system's word for it.
    case trouble(StorageTrouble, detail: String)

    /// What happened, why, and what to do; nil while all is well.
    public var problem: String? {
        guard case .trouble(let trouble, let detail) = self else { return nil }
        return trouble.text(detail)
    }

    /// What is wrong; nil while all is well.
    public var trouble: StorageTrouble? {
        guard case .trouble(let trouble, _) = self else { return nil }
        return trouble
    }

    /// The error of a payment that is refused for it.
    var refusal: LedgerError? {
        guard case .trouble(let trouble, let detail) = self else { return nil }
        return .storage(code: trouble.code, detail)
    }
}

/// What can be wrong with the ledger's disk.
public enum StorageTrouble: String, Hashable, Sendable, CaseIterable {
    /// No room is left. The corresponding SQLite error is `SQLITE_FULL`.
    case full
    /// The file system, or the file, takes no writes: `SQLITE_READONLY`.
    case readOnly = "read_only"
    /// The device answers with errors: `SQLITE_IOERR`, `SQLITE_CANTOPEN`.
    case failing
    /// The file is not what was written: `SQLITE_CORRUPT`, `SQLITE_NOTADB`.
    case corrupt

    /// Nil for a code that says nothing about the disk.
    public init?(code: Int32) {
        switch code {
        case 13: self = .full
        case 8: self = .readOnly
        case 10, 14: self = .failing
        case 11, 26: self = .corrupt
        default: return nil
        }
    }

    /// The SQLite code that stands for it.
    public var code: Int32 {
        switch self {
        case .full: 13
        case .readOnly: 8
        case .failing: 10
        case .corrupt: 11
        }
    }

    /// What happened, why, and what to do.
    func text(_ detail: String) -> String {
        switch self {
        case .full:
            "the ledger's disk is full — \(detail) — make room: journalctl --vacuum-size=50M; "
                + "payments are refused until then"
        case .readOnly:
            "the ledger cannot be written, only read — \(detail) — see dmesg for why, then "
                + "mount -o remount,rw its file system; payments are refused until then"
        case .failing:
            "the ledger's disk answers with errors — \(detail) — see dmesg, replace the medium "
                + "when it goes on; payments are refused until a write succeeds"
        case .corrupt:
            "the ledger is damaged — \(detail) — delete nothing: stop the agent, set the file "
                + "aside with kiosk-agent set-aside and start it again; payments are refused"
        }
    }
}

extension LedgerError {
    /// What is wrong with the disk, when that is what the error says.
    public var trouble: StorageTrouble? {
        guard case .storage(let code, _) = self else { return nil }
        return StorageTrouble(code: code)
    }
}
