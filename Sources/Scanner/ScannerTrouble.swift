internal import Glibc

/// Why a scanner cannot be read.
public struct ScannerTrouble: Error, Hashable, Sendable {
    /// What kind of trouble it is.
    public enum Code: Hashable, Sendable {
        /// There is no device at this path, or it was pulled.
        case absent
        /// This user may not open it.
        case forbidden
        /// Another program keeps it for itself.
        case busy
        /// It is no device of the kind that was configured.
        case notAScanner
        /// The system refused for another reason.
        case failed
    }

    public let code: Code
    /// The path as it was configured.
    public let path: String
    /// What the operating system said, as an `errno`; 0 when it said nothing.
    public let systemError: Int32

    init(_ code: Code, path: String, systemError: Int32 = 0) {
        self.code = code
        self.path = path
        self.systemError = systemError
    }

    /// The trouble behind a system call's `errno`.
    public init(systemError: Int32, path: String) {
        let code: Code =
            switch systemError {
            case ENOENT, ENOTDIR, ENODEV, ENXIO: .absent
            case EACCES, EPERM: .forbidden
            case EBUSY: .busy
            case ENOTTY, EINVAL, EISDIR: .notAScanner
            default: .failed
            }
        self.init(code, path: path, systemError: systemError)
    }
}

extension ScannerTrouble: CustomStringConvertible {
    /// What happened, why, and what to do.
    public var description: String {
        "the scanner \(path) cannot be read\(systemText) — " + reason
    }

    private var systemText: String { systemError == 0 ? "" : " (errno \(systemError))" }

    private var reason: String {
        switch code {
        case .absent: "it is not there — plug it in, or correct its path"
        case .forbidden:
            "this user may not open it — give the agent's group access by a udev rule"
        case .busy: "another program keeps it for itself — end that program"
        case .notAScanner:
            "it is no device of this kind — set scanner.device to an event* or hidraw* device, "
                + "scanner.serial to a terminal line"
        case .failed: "the system refused — unplug it, plug it in again, and see the system's log"
        }
    }
}
