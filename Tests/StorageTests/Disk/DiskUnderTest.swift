import FaultVFS

/// The SQLite files of one directory, traced and failing on demand; see `FaultVFS.h`.
final class DiskUnderTest: Sendable {
    /// One thing that was done to the medium.
    struct Operation {
        enum Kind { case create, write, truncate, sync, delete, found }

        var kind: Kind
        /// Which file: a name that is deleted and made again is another file.
        var file: Int
        var name: String
        var offset: Int
        var bytes: [UInt8]
        /// For a sync or a delete: the directory was synced too.
        var syncsDirectory: Bool
    }

    /// Kinds of operations that can be made to fail.
    struct Kinds: OptionSet {
        var rawValue: Int32

        static let write = Kinds(rawValue: Int32(FAULT_WRITE))
        static let truncate = Kinds(rawValue: Int32(FAULT_TRUNCATE))
        static let sync = Kinds(rawValue: Int32(FAULT_SYNC))
        static let delete = Kinds(rawValue: Int32(FAULT_DELETE))
        static let open = Kinds(rawValue: Int32(FAULT_OPEN))
        static let read = Kinds(rawValue: Int32(FAULT_READ))
        static let size = Kinds(rawValue: Int32(FAULT_SIZE))
        static let map = Kinds(rawValue: Int32(FAULT_MAP))
        /// What a device with errors can fail.
        static let all: Kinds = [.write, .truncate, .sync, .delete, .open, .read, .size, .map]
        /// What needs room.
        static let growing: Kinds = [.write, .map]
    }

    /// The C disk takes its own mutex in each call.
    private nonisolated(unsafe) let disk: OpaquePointer

    init(_ directory: String) { disk = fault_disk_attach(directory) }

    deinit { fault_disk_detach(disk) }

    /// How many operations the trace has.
    var position: Int { fault_disk_count(disk) }

    /// Everything that was done to the medium so far.
    func trace() -> [Operation] {
        (0..<position).map { index in
            let entry = fault_disk_entry(disk, index)
            return Operation(
                kind: Self.kind(entry.kind), file: Int(entry.file),
                name: String(cString: entry.name),
                offset: Int(entry.offset),
                bytes: Array(UnsafeBufferPointer(start: entry.bytes, count: entry.length)),
                syncsDirectory: entry.directory != 0)
        }
    }

    private static func kind(_ kind: Int32) -> Operation.Kind {
        switch Int(kind) {
        case FAULT_CREATE: .create
        case FAULT_WRITE: .write
        case FAULT_TRUNCATE: .truncate
        case FAULT_SYNC: .sync
        case FAULT_DELETE: .delete
        case FAULT_FOUND: .found
        default: preconditionFailure("kind \(kind)")
        }
    }

    /// After `count` more operations of `kinds` one fails; all that follow too when `lasting`.
    func fail(_ kinds: Kinds, after count: Int, lasting: Bool, full: Bool) {
        fault_disk_arm(disk, kinds.rawValue, count, lasting ? 1 : 0, full ? 1 : 0)
    }

    /// Runs `work` while the disk works, without a step towards the next failure.
    func spared<T>(_ work: () async throws -> T) async rethrows -> T {
        fault_disk_pause(disk, 1)
        defer { fault_disk_pause(disk, 0) }
        return try await work()
    }

    func mend() { fault_disk_disarm(disk) }

    /// How many operations failed since the last ``fail(_:after:lasting:full:)``.
    var failures: Int { fault_disk_fired(disk) }
}
