internal import Glibc

/// Wakes a wait when something comes or changes on the way to a path; wraps inotify.
///
/// Each directory from the top down is watched, as far as there are directories: udev makes
/// `/dev/input/by-id` with the first link in it and removes it with the last. A directory that
/// is missing is made in one that is watched already, so none is missed.
final class DirectoryWatch {
    private static let mask = UInt32(
        IN_CREATE | IN_MOVED_TO | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

    private let descriptor: Int32
    /// Whether everything that can come is told: false where a directory may not be read, or the
    /// system has no watches left.
    let isWhole: Bool

    init(above path: String) {
        descriptor = inotify_init1(Int32(IN_CLOEXEC))
        var isWhole = descriptor >= 0
        for directory in Self.directories(above: path) where isWhole {
            guard inotify_add_watch(descriptor, directory, Self.mask) < 0 else { continue }
            isWhole = errno == ENOENT
            break
        }
        self.isWhole = isWhole
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Waits for a change; false at the end.
    func wait(until stopping: StopSignal, upTo limit: Duration?) -> Bool {
        stopping.wait(for: descriptor, upTo: limit) != .stopped
    }

    /// From the top down.
    static func directories(above path: String) -> [String] {
        var directory = path.hasPrefix("/") ? "/" : "."
        var found = [directory]
        for name in path.split(separator: "/").dropLast() {
            directory += directory == "/" ? String(name) : "/\(name)"
            found.append(directory)
        }
        return found
    }
}
