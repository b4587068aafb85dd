import Foundation
import Glibc

/// A place for a ledger on a disk that one agent alone sees, so that a test can fill or lock it.
///
/// The agent mounts it in a mount namespace of its own: nothing stays behind, whatever happens to
/// the tests. Where that is not allowed the agent ends with mount's words, and so does the test.
final class OwnDisk {
    enum Kind: String {
        /// 24 MB that can be filled: the ledger, its reserve, and as much free again.
        case small = "mount -t tmpfs -o size=24m tmpfs"
        /// What lies there already, and nothing can be written.
        case readOnly = "f() { mount --bind $1 $1 && mount -o remount,bind,ro $1; }; f"
        /// The same 24 MB, full from the start: the ledger of an agent that was killed, without
        /// its reserve, and the filler.
        case full = """
            f() { cd $1 && mount -t tmpfs -o size=24m tmpfs $1 && cp ledger.sqlite* $1 && \
            rm $1/*.reserve && { dd if=/dev/zero of=$1/filler bs=4k 2>/dev/null; cd /; }; }; f
            """
    }

    let directory: URL
    private let kind: Kind

    init(_ kind: Kind) throws {
        self.kind = kind
        directory = FileManager.default.temporaryDirectory
            .appending(path: "disk-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: directory) }

    var ledger: URL { directory.appending(path: "ledger.sqlite") }

    /// Puts the agent's ledger here.
    var environment: [String: String] { ["KIOSK_LEDGER_PATH": ledger.path] }

    /// What the agent is run under.
    var wrapper: [String] {
        [
            "/usr/bin/unshare", "--map-root-user", "--mount", "/bin/sh", "-c",
            "\(kind.rawValue) \"$0\" && exec \"$@\"", directory.path,
        ]
    }

    /// Takes every free block.
    func fill(seenBy agent: Program) throws {
        let file = open(filler(agent), O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(file) }
        let block = [UInt8](repeating: 0xA5, count: 4_096)
        while write(file, block, block.count) > 0 {}
        guard errno == ENOSPC else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    /// Gives the blocks back.
    func free(seenBy agent: Program) throws {
        guard unlink(filler(agent)) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
    }

    /// The file as the agent's namespace has it.
    private func filler(_ agent: Program) -> String {
        "/proc/\(agent.pid)/root\(directory.path)/filler"
    }
}
