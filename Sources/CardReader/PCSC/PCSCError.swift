import CPCSC

/// An error of PC/SC, as libpcsclite gives it.
public struct PCSCError: Error, RawRepresentable, Hashable, Sendable {
    /// The code in the 32 bits of the PC/SC standard; C has it in a `long`.
    public let rawValue: UInt32

    public init(rawValue: UInt32) {
        self.rawValue = rawValue
    }

    /// The error of a C function's answer, whatever the width of its `LONG`.
    init(code: Int) {
        rawValue = UInt32(truncatingIfNeeded: code)
    }

    /// Throws unless `code` is `SCARD_S_SUCCESS`.
    static func check(_ code: Int) throws(PCSCError) {
        guard code == SCARD_S_SUCCESS else { throw PCSCError(code: code) }
    }
}

extension PCSCError {
    /// pcscd is not running. The corresponding C error is `SCARD_E_NO_SERVICE`.
    public static let noService = PCSCError(code: SCARD_E_NO_SERVICE)
    /// pcscd stopped. The corresponding C error is `SCARD_E_SERVICE_STOPPED`.
    public static let serviceStopped = PCSCError(code: SCARD_E_SERVICE_STOPPED)
    /// polkit refused this user. The corresponding C error is `SCARD_W_SECURITY_VIOLATION`.
    public static let securityViolation = PCSCError(code: SCARD_W_SECURITY_VIOLATION)
    /// There is no reader at all. The corresponding C error is `SCARD_E_NO_READERS_AVAILABLE`.
    public static let noReaders = PCSCError(code: SCARD_E_NO_READERS_AVAILABLE)
    /// No reader has this name. The corresponding C error is `SCARD_E_UNKNOWN_READER`.
    public static let unknownReader = PCSCError(code: SCARD_E_UNKNOWN_READER)
    /// The reader was unplugged. The corresponding C error is `SCARD_E_READER_UNAVAILABLE`.
    public static let readerUnavailable = PCSCError(code: SCARD_E_READER_UNAVAILABLE)
    /// Another program holds the card. The corresponding C error is `SCARD_E_SHARING_VIOLATION`.
    public static let sharingViolation = PCSCError(code: SCARD_E_SHARING_VIOLATION)
    /// No card lies on the reader. The corresponding C error is `SCARD_E_NO_SMARTCARD`.
    public static let noCard = PCSCError(code: SCARD_E_NO_SMARTCARD)
    /// The card left. The corresponding C error is `SCARD_W_REMOVED_CARD`.
    public static let removedCard = PCSCError(code: SCARD_W_REMOVED_CARD)
    /// Somebody reset the card. The corresponding C error is `SCARD_W_RESET_CARD`.
    public static let resetCard = PCSCError(code: SCARD_W_RESET_CARD)
    /// The wait was called off. The corresponding C error is `SCARD_E_CANCELLED`.
    public static let cancelled = PCSCError(code: SCARD_E_CANCELLED)
    /// Nothing happened in time. The corresponding C error is `SCARD_E_TIMEOUT`.
    public static let timeout = PCSCError(code: SCARD_E_TIMEOUT)
    /// The context or the card's handle is dead. The C error is `SCARD_E_INVALID_HANDLE`.
    public static let invalidHandle = PCSCError(code: SCARD_E_INVALID_HANDLE)
    /// The connection to pcscd broke, or the reader's. The C error is `SCARD_F_COMM_ERROR`.
    public static let communication = PCSCError(code: SCARD_F_COMM_ERROR)

    /// Whether the context may be dead, so that only a new one can help.
    ///
    /// `SCardIsValidContext` cannot tell: it says yes after pcscd was restarted.
    var needsNewContext: Bool {
        [.noService, .serviceStopped, .invalidHandle, .communication].contains(self)
    }
}
