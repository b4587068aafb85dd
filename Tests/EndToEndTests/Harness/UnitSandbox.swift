import Foundation
import Glibc

/// What `kiosk-agent.service` lets the agent have, built by bubblewrap and setpriv: its mounts, its
/// user without any capability, and the calls that its filter allows.
///
/// No service manager runs in a test, so the unit's own words are not exercised; ``imitated`` are
/// those that this imitates.
struct UnitSandbox {
    /// The lines of the unit that are imitated here.
    static let imitated = [
        "User=kiosk-agent", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes",
        "PrivateDevices=yes", "RuntimeDirectory=kiosk-agent", "StateDirectory=kiosk-agent",
        "CapabilityBoundingSet=", "AmbientCapabilities=", "NoNewPrivileges=yes",
        "ProtectKernelTunables=yes",
    ]
    /// A user that no system has.
    static let user: uid_t = 61_234

    static let unit = Program.root.appending(path: "deploy/systemd/kiosk-agent.service")

    /// What the agent is told of the directories that the unit gives it.
    static let environment = [
        "KIOSK_LEDGER_PATH": "/var/lib/kiosk-agent/ledger.sqlite",
        "KIOSK_API_SOCKET": "/run/kiosk-agent/api.sock",
    ]

    private let kiosk: URL
    private let pcscd: URL

    /// `kiosk` becomes the runtime directory, `kiosk/state` the state directory.
    init(kiosk: URL, pcscd: URL) throws {
        (self.kiosk, self.pcscd) = (kiosk, pcscd)
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        for path in [kiosk.path, state.path, configuration.path] {
            guard chown(path, Self.user, Self.user) == 0 else {
                throw POSIXError(.init(rawValue: errno) ?? .EIO)
            }
        }
    }

    /// Each system call of the agent, one a line.
    var trace: URL { kiosk.appending(path: "trace") }

    private var state: URL { kiosk.appending(path: "state") }
    private var configuration: URL { kiosk.appending(path: "config.yaml") }

    /// What the agent is run under.
    var wrapper: [String] {
        var line = ["/usr/bin/bwrap", "--die-with-parent", "--unshare-ipc"]
        line += system
        line += own
        for place in ["/", "/run", "/var"] { line += ["--remount-ro", place] }
        // Only until setpriv has become the user.
        for capability in ["SETUID", "SETGID", "SETPCAP"] {
            line += ["--cap-add", "CAP_\(capability)"]
        }
        line += ["--", "/usr/bin/setpriv", "--reuid", "\(Self.user)", "--regid", "\(Self.user)"]
        line += ["--clear-groups", "--no-new-privs", "--inh-caps=-all", "--ambient-caps=-all"]
        line += ["--bounding-set=-all", "--", "/usr/bin/strace", "-f", "-qq"]
        line += ["-o", "/run/kiosk-agent/trace"]
        return line
    }

    /// The system, read-only, with devices, /tmp, /run and /var of its own.
    private var system: [String] {
        var line: [String] = []
        for place in ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/sys"]
        where access(place, F_OK) == 0 {
            line += ["--ro-bind", place, place]
        }
        line += ["--dev", "/dev", "--proc", "/proc", "--perms", "1777", "--tmpfs", "/tmp"]
        line += ["--tmpfs", "/run", "--tmpfs", "/var"]
        return line
    }

    /// The built agent, what it is linked to, its configuration and its directories.
    private var own: [String] {
        var line: [String] = []
        for path in [Program.products.path, Self.runtimeLibraries, configuration.path] {
            line += Self.parents(of: path)
            line += ["--ro-bind", path, path]
        }
        line += ["--ro-bind", pcscd.path, "/run/pcscd", "--bind", kiosk.path, "/run/kiosk-agent"]
        line += ["--dir", "/var/lib", "--bind", state.path, "/var/lib/kiosk-agent"]
        return line
    }

    /// The directories on the way to `path`: bubblewrap would make them for root alone.
    private static func parents(of path: String) -> [String] {
        let parts = path.split(separator: "/").dropLast()
        return parts.indices.flatMap { ["--dir", "/" + parts[...$0].joined(separator: "/")] }
    }

    /// Where the Swift runtime of this process was loaded from.
    private static let runtimeLibraries: String = {
        // Read to its end: the file has no size that could be asked for.
        let file = FileHandle(forReadingAtPath: "/proc/self/maps")
        let maps = String(decoding: (try? file?.readToEnd()) ?? Data(), as: UTF8.self)
        let found = maps.firstMatch(of: /(\/\S*)\/libswiftCore\.so/).map { String($0.1) }
        return found ?? "/usr/lib"
    }()

    /// Asks the agent inside to stop: bubblewrap does not pass signals on.
    func stop() {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        let agent = Program.products.appending(path: "kiosk-agent").path
        for pid in entries.compactMap(Int32.init) {
            let line = FileManager.default.contents(atPath: "/proc/\(pid)/cmdline") ?? Data()
            let text = String(decoding: line, as: UTF8.self)
            if text.hasPrefix(agent), text.contains(configuration.path) { kill(pid, SIGTERM) }
        }
    }
}
