internal import CProcess
internal import Glibc
internal import Settings

/// What keeps the secrets of this process out of sight of others on the machine.
enum Privacy {
    /// Forbids core files, debuggers of the same user and their look into `/proc`; root still can.
    static func begin() { CProcess_forbidDumps() }

    /// Whether the kernel says that the memory stays here.
    static var isKept: Bool { CProcess_isDumpable() == 0 }

    /// Overwrites the secrets that came as variables, once they were read: what `/proc` shows of
    /// the environment is this memory, and a child would inherit it.
    static func forgetVariables() {
        for key in KeyTable.keys where key.isSecret {
            guard let name = key.variable, let value = getenv(name) else { continue }
            memset(value, 0, strlen(value))
            unsetenv(name)
        }
    }
}
