/// What happened at a scanner.
public enum ScanEvent: Hashable, Sendable {
    /// The device is open; at the start and whenever it comes back.
    case connected
    /// The device cannot be read; at the start, when it is pulled, and when the reason changes.
    case disconnected(ScannerTrouble)
    /// A whole text was read.
    case scanned(ScannedText)
    /// Something was read that is not taken for a text: a part of a code must never pass for it.
    case rejected(RejectedScan)
}

/// Why something that was read is no text.
public enum RejectedScan: Hashable, Sendable {
    /// It is longer than ``ScannedText/lengthMax``.
    case tooLong
    /// It holds something else than printable ASCII, or the system lost a part of it.
    case illegible
    /// It came too slowly for a scanner: a person typed it, or a part of it is missing.
    case paused
    /// Nothing ended it.
    case unterminated
    /// It came so shortly after the device was opened that its beginning may be missing.
    case beginningMissing
}

extension RejectedScan: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .tooLong:
            "a scan was not taken — it has more than \(ScannedText.lengthMax) characters — "
                + "scan one code, and have the scanner send an Enter after each"
        case .illegible:
            "a scan was not taken — it holds what is no printable ASCII — set the scanner to "
                + "the US keyboard, without Caps Lock, Alt codes and prefixes"
        case .paused:
            "a scan was not taken — it came in pieces — scan again; "
                + "a keyboard cannot stand in for the scanner"
        case .unterminated:
            "a scan was not taken — nothing followed its last character — "
                + "set the scanner to send an Enter, a line feed or a Tab after each code"
        case .beginningMissing:
            "a scan was not taken — the scanner was opened while it came — scan again"
        }
    }
}
