/// A program that runs.
public struct RunningProgram: Hashable, Sendable, CustomStringConvertible {
    public var pid: Int
    /// As the kernel keeps it: at most 15 letters.
    public var name: String

    public init(pid: Int, name: String) { (self.pid, self.name) = (pid, name) }

    /// For example `scdaemon (312)`.
    public var description: String { "\(name) (\(pid))" }
}

extension Machine {
    /// The programs that have a library with this name loaded, in the order of their numbers.
    ///
    /// The kernel shows a user the maps of its own programs only, and root those of all.
    public func programs(using library: String) -> [RunningProgram] {
        names(in: "/proc").compactMap { Int($0) }.sorted().filter { pid in
            text("/proc/\(pid)/maps")?.contains(library) ?? false
        }.compactMap(program)
    }

    /// Who holds an exclusive `flock` on the file with this inode; nil when the kernel does not
    /// say, as for a program of another container.
    public func holder(ofLockOn inode: String) -> RunningProgram? {
        for line in (text("/proc/locks") ?? "").split(whereSeparator: \.isNewline) {
            // 1: FLOCK  ADVISORY  WRITE 312 fe:01:1311768 0 EOF
            let fields = line.split(separator: " ")
            guard fields.count >= 6, fields[1] == "FLOCK", fields[3] == "WRITE",
                fields[5].split(separator: ":").last == Substring(inode), let pid = Int(fields[4])
            else { continue }
            return program(pid)
        }
        return nil
    }

    private func program(_ pid: Int) -> RunningProgram? {
        line("/proc/\(pid)/comm").map { RunningProgram(pid: pid, name: $0) }
    }
}
