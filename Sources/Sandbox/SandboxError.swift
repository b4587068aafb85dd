/// Why the sandbox cannot do what it was asked to do.
public enum SandboxError: Error, Hashable, Sendable {
    /// The address is not a loopback one.
    case notLoopback(String)
    /// The server ended, or could not listen, before its port was known.
    case notRunning
    /// No card has this number.
    case unknownCard
    /// No card has this phone.
    case unknownPhone
    /// No QR session has this name.
    case unknownSession
    /// The QR session's code was used, or its time is over.
    case sessionOver
    /// An RSA key cannot be made or read; the text says which and why.
    case keyUnusable(String)
    /// The card's number is no identifier a reader could read, and it has no other.
    case noIdentifier
    /// The sandbox was started without virtual readers, or without the one asked for.
    case noReader
    /// A card is in the reader.
    case readerBusy
    /// The virtual reader did not take the card; the text says why.
    case readerFailed(String)
    /// The input breaks a rule; the text says which.
    case invalid(String)
}

extension SandboxError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch self {
        case .notLoopback(let host):
            "cannot listen on \(host) — the sandbox has no protection and stays on this machine — "
                + "use 127.0.0.1 or ::1"
        case .notRunning:
            "the sandbox is not running — it ended or its address is taken — "
                + "look at what run() threw"
        case .unknownCard:
            "no such card — the sandbox knows only the cards of its table — "
                + "add it with PUT /admin/cards/{number}"
        case .unknownPhone:
            "nobody has this phone — the sandbox knows only the phones of its cards — "
                + "give a card a `phone` with PUT /admin/cards/{number}"
        case .unknownSession:
            "no such QR session — nobody opened one with this name — look at GET /admin/sessions"
        case .sessionOver:
            "the QR code cannot be scanned — it was used, or its time is over — open another one"
        case .keyUnusable(let why):
            "no RSA key — \(why) — give PEM or base64 of DER, with 2048 bits"
        case .noIdentifier:
            "the card cannot be tapped — its number is not 4, 7 or 10 bytes in hex — "
                + "give it a `uid` with PUT /admin/cards/{number}"
        case .noReader:
            "no virtual reader — the sandbox was started without this one — "
                + "start it with --virtual-reader PORT"
        case .readerBusy:
            "the virtual reader is taken — a card is in it — wait until it is out"
        case .readerFailed(let why): why
        case .invalid(let why): why
        }
    }
}
