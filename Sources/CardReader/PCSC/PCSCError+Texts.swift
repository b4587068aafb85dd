import CPCSC

extension PCSCError: CustomStringConvertible {
    /// What happened in English with the C name, for example
    /// `the smart card service is not running (SCARD_E_NO_SERVICE)`.
    public var description: String {
        if let (name, text) = Self.texts[self] { return "\(text) (\(name))" }
        return "unknown PC/SC error 0x\(String(rawValue, radix: 16, uppercase: true))"
    }

    /// The name in C; nil for a code that no header names.
    public var name: String? { Self.texts[self]?.name }

    /// How to mend it, when there is something to do.
    public var advice: String? {
        switch self {
        case .noService, .serviceStopped: "install and start pcscd: systemctl start pcscd.socket"
        case .securityViolation: "allow this user by a polkit rule for org.debian.pcsc-lite"
        case .sharingViolation: "end the other program that uses the reader"
        case .noReaders, .readerUnavailable, .unknownReader: "see the reader's cable and lamp"
        default: nil
        }
    }

    private static let texts: [PCSCError: (name: String, text: String)] = [
        .cancelled: ("SCARD_E_CANCELLED", "the wait was called off"),
        .communication: ("SCARD_F_COMM_ERROR", "the connection to pcscd or to the reader broke"),
        .invalidHandle: ("SCARD_E_INVALID_HANDLE", "the connection to pcscd is no longer valid"),
        .noCard: ("SCARD_E_NO_SMARTCARD", "no card lies on the reader"),
        .noReaders: ("SCARD_E_NO_READERS_AVAILABLE", "no reader is connected"),
        .noService: ("SCARD_E_NO_SERVICE", "the smart card service is not running"),
        .readerUnavailable: ("SCARD_E_READER_UNAVAILABLE", "the reader is gone"),
        .removedCard: ("SCARD_W_REMOVED_CARD", "the card left"),
        .resetCard: ("SCARD_W_RESET_CARD", "another program reset the card"),
        .securityViolation: ("SCARD_W_SECURITY_VIOLATION", "pcscd does not allow this user in"),
        .serviceStopped: ("SCARD_E_SERVICE_STOPPED", "the smart card service stopped"),
        .sharingViolation: ("SCARD_E_SHARING_VIOLATION", "another program holds the card"),
        .timeout: ("SCARD_E_TIMEOUT", "nothing happened in time"),
        .unknownReader: ("SCARD_E_UNKNOWN_READER", "no reader has this name"),
        .init(code: SCARD_E_COMM_DATA_LOST): (
            "SCARD_E_COMM_DATA_LOST", "data from the card were lost"
        ),
        .init(code: SCARD_E_INSUFFICIENT_BUFFER): (
            "SCARD_E_INSUFFICIENT_BUFFER", "the answer is longer than any card may give"
        ),
        .init(code: SCARD_E_INVALID_PARAMETER): (
            "SCARD_E_INVALID_PARAMETER", "the reader does not take this command"
        ),
        .init(code: SCARD_E_INVALID_VALUE): (
            "SCARD_E_INVALID_VALUE", "the reader does not take this value"
        ),
        .init(code: SCARD_E_NOT_READY): ("SCARD_E_NOT_READY", "the reader is not ready"),
        .init(code: SCARD_E_NOT_TRANSACTED): (
            "SCARD_E_NOT_TRANSACTED", "the exchange with the card broke off"
        ),
        .init(code: SCARD_E_NO_MEMORY): ("SCARD_E_NO_MEMORY", "no memory is left"),
        .init(code: SCARD_E_PROTO_MISMATCH): (
            "SCARD_E_PROTO_MISMATCH", "the card speaks neither T=0 nor T=1"
        ),
        .init(code: SCARD_E_UNSUPPORTED_FEATURE): (
            "SCARD_E_UNSUPPORTED_FEATURE", "the reader cannot do this"
        ),
        .init(code: SCARD_F_INTERNAL_ERROR): ("SCARD_F_INTERNAL_ERROR", "pcscd failed inside"),
        .init(code: SCARD_F_UNKNOWN_ERROR): ("SCARD_F_UNKNOWN_ERROR", "pcscd failed inside"),
        .init(code: SCARD_W_UNPOWERED_CARD): ("SCARD_W_UNPOWERED_CARD", "the card has no power"),
        .init(code: SCARD_W_UNRESPONSIVE_CARD): (
            "SCARD_W_UNRESPONSIVE_CARD", "the card does not answer"
        ),
        .init(code: SCARD_W_UNSUPPORTED_CARD): (
            "SCARD_W_UNSUPPORTED_CARD", "the reader cannot talk to this card"
        ),
    ]
}
