/// Why a virtual card could not be put into its reader.
public struct VirtualCardError: Error, Hashable, Sendable {
    /// What kind of failure it was.
    public enum Code: Hashable, Sendable {
        /// The card is in the reader already, or on its way in or out.
        case alreadyInserted
        /// Nobody listens on the reader's port.
        case noReader
        /// The card's thread could not be started.
        case threadFailed
        /// The caller stopped waiting before the reader was there.
        case cancelled
    }

    public let code: Code
    /// The reader's TCP port on loopback.
    public let port: UInt16
    /// What the operating system said, as an `errno`; 0 when it said nothing.
    public let systemError: Int32

    init(_ code: Code, port: UInt16, systemError: Int32 = 0) {
        self.code = code
        self.port = port
        self.systemError = systemError
    }
}

extension VirtualCardError: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        switch code {
        case .alreadyInserted:
            "the virtual card is in its reader already — a card can be in one place only — "
                + "remove it first"
        case .noReader:
            "no virtual reader on 127.0.0.1:\(port) (errno \(systemError)) — pcscd does not run "
                + "or lacks vsmartcard-vpcd — install vsmartcard-vpcd and start pcscd"
        case .threadFailed:
            "the virtual card could not start its thread (errno \(systemError)) — "
                + "the system has none left — close other programs"
        case .cancelled:
            "the virtual card was not inserted — the caller stopped waiting — try again"
        }
    }
}
