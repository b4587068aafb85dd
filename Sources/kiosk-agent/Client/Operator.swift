internal import Glibc

/// Who decides, and why, as the agent's calls take it.
struct OperatorsBody: Encodable {
    var why: String?
    var by: String
}

/// The person behind a command.
enum Operator {
    /// Who sits at the keyboard: the user behind `sudo`, or the one of this process.
    static var userName: String {
        if let name = getenv("SUDO_USER") { return String(cString: name) }
        guard let entry = getpwuid(getuid()) else { return "uid \(getuid())" }
        return String(cString: entry.pointee.pw_name)
    }
}
