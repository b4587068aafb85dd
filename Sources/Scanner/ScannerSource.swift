/// Which device a scanner is read from.
public enum ScannerSource: Hashable, Sendable {
    /// A keyboard as `/dev/input/event*` or `/dev/hidraw*`, or a link to one.
    case device(path: String)
    /// A terminal line such as `/dev/ttyACM0`, or a link to one.
    case serial(path: String)

    /// The path as it was configured.
    public var path: String {
        switch self {
        case .device(let path), .serial(let path): path
        }
    }
}
