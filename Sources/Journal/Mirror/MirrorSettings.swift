/// Where the mirror is and how much the agent depends on it.
public struct MirrorSettings: Sendable {
    /// On a second medium; it must exist, so that a missing medium is noticed.
    public var directory: String
    public var signer: JournalSigner
    /// No offline payments while it cannot be written.
    public var isRequired: Bool
    /// How long a payer waits for the medium.
    public var patience: Duration
    /// A file begins anew when it has grown beyond this, in bytes, and beyond four times its
    /// beginning.
    public var fileMin: Int

    public init(
        directory: String, signer: JournalSigner, isRequired: Bool = false,
        patience: Duration = .milliseconds(500), fileMin: Int = 1 << 20
    ) {
        self.directory = directory
        self.signer = signer
        self.isRequired = isRequired
        self.patience = patience
        self.fileMin = fileMin
    }
}

/// What the mirror has to say to whoever looks after it.
public enum MirrorEvent: Hashable, Sendable {
    /// A new file was begun; it is written again.
    case ready
    /// The file has grown: begin anew.
    case full
    /// It cannot be written, for this reason: begin anew after a while.
    case failed(String)
    /// It does not answer in time; payers wait no longer for it.
    case slow
    /// An older file holds payments that the ledger does not know, and is kept.
    case foreign(path: String)
}
