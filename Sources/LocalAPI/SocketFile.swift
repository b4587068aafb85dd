internal import FoundationEssentials
internal import Glibc

/// The Unix socket's place in the file system. The ledger's lock is held before any of this runs,
/// so a socket that lies there is left over from a dead agent.
enum SocketFile {
    /// What cannot be done with the socket's path.
    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    /// Who may enter the directory: its owner and group.
    private static let directoryMode: mode_t = 0o750
    /// Who may connect: its owner and group.
    private static let socketMode: mode_t = 0o660

    static func prepare(_ path: String) throws {
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        if mkdir(directory, directoryMode) != 0, errno != EEXIST {
            throw Failure(
                description: "the socket's directory cannot be made — \(directory): "
                    + "\(String(cString: strerror(errno))) — check api.socket")
        }
        try removeLeftover(path)
    }

    /// Only a socket is removed: another file at this path is somebody's mistake.
    private static func removeLeftover(_ path: String) throws {
        guard let found = try? FileManager.default.attributesOfItem(atPath: path) else { return }
        guard found[.type] as? FileAttributeType == .typeSocket else {
            throw Failure(
                description: "the socket cannot be made — \(path) is another file — "
                    + "move it away or change api.socket")
        }
        unlink(path)
    }

    static func open(_ path: String) { chmod(path, socketMode) }
}
