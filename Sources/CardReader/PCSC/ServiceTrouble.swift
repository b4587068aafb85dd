import Glibc

/// Why pcscd cannot be used, told apart by its socket: the error alone does not say it.
///
/// No pcscd, a socket that nobody listens behind and one that this user may not open are all
/// `SCARD_E_NO_SERVICE`. A pcscd that asks polkit and hears "no" hangs up, which is
/// `SCARD_F_COMM_ERROR`; some releases say `SCARD_W_SECURITY_VIOLATION` instead.
public enum ServiceTrouble: Hashable, Sendable {
    /// There is no socket: pcscd is not installed, or its socket was not made.
    case absent
    /// There is a socket, but nobody listens behind it.
    case notListening
    /// The permissions of the socket, or of a directory on the way to it, keep this user out.
    case forbidden
    /// polkit keeps this user out.
    case refusedByPolkit
    /// pcscd is there and does not do its work.
    case failing

    /// What this user may do with pcscd's socket.
    enum Access: Hashable, Sendable {
        case granted, forbidden, absent
    }

    /// What the error of the first call comes to.
    init(_ error: PCSCError, access: Access, asksPolkit: Bool) {
        self =
            switch (error, access) {
            case (.securityViolation, _): .refusedByPolkit
            case (.communication, .granted) where asksPolkit: .refusedByPolkit
            case (.noService, .absent): .absent
            case (.noService, .forbidden): .forbidden
            case (.noService, .granted): .notListening
            default: .failing
            }
    }

    /// Looks at the socket and at polkit's actions to find out what `error` came from.
    public init(_ error: PCSCError) {
        self.init(error, access: Self.access, asksPolkit: Self.pcscdAsksPolkit)
    }

    /// Where libpcsclite looks for pcscd.
    public static var socketPath: String {
        getenv("PCSCLITE_CSOCK_NAME").map { String(cString: $0) } ?? "/run/pcscd/pcscd.comm"
    }

    /// Whether this machine's pcscd asks polkit about its clients: only then it brings the actions.
    public static var pcscdAsksPolkit: Bool {
        Glibc.access("/usr/share/polkit-1/actions/org.debian.pcsc-lite.policy", F_OK) == 0
    }

    private static var access: Access {
        if Glibc.access(socketPath, R_OK | W_OK) == 0 { return .granted }
        return errno == EACCES ? .forbidden : .absent
    }
}
