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
        return name(of: getuid())
    }

    /// Whose rights this process has.
    static var processUser: String { name(of: geteuid()) }

    private static func name(of user: uid_t) -> String {
        guard let entry = getpwuid(user) else { return "uid \(user)" }
        return String(cString: entry.pointee.pw_name)
    }
}
