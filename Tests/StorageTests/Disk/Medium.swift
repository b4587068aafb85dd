import TerminalTesting

/// What the trace of a disk leaves on the medium: bytes that were synced, and changes that were
/// not.
struct Medium {
    static let sector = 512

    private struct File {
        var name: String
        var synced: [UInt8] = []
        var unsynced: [DiskUnderTest.Operation] = []
    }

    private enum Entry { case made(String, Int), gone(String) }

    /// Syncs are answered and not done, as some devices do.
    private let lies: Bool
    private var files: [Int: File] = [:]
    private var directory: [String: Int] = [:]
    private var unsyncedEntries: [Entry] = []

    /// Begins with `image` on the medium.
    init(_ image: [String: [UInt8]] = [:], lies: Bool = false) {
        self.lies = lies
        for (index, found) in image.enumerated() {
            files[-1 - index] = File(name: found.key, synced: found.value)
            directory[found.key] = -1 - index
        }
    }

    /// Takes the next operation of the trace.
    mutating func take(_ operation: DiskUnderTest.Operation) {
        let id = operation.file
        switch operation.kind {
        case .create:
            files[id] = File(name: operation.name)
            unsyncedEntries.append(.made(operation.name, id))
        case .found:
            files[id] = File(name: operation.name, synced: operation.bytes)
            directory[operation.name] = id
        case .write, .truncate: files[id]?.unsynced.append(operation)
        case .sync:
            if !lies { sync(id) }
            if operation.syncsDirectory { syncDirectory() }
        case .delete:
            unsyncedEntries.append(.gone(operation.name))
            if operation.syncsDirectory { syncDirectory() }
        }
    }

    private mutating func sync(_ id: Int) {
        guard var file = files.removeValue(forKey: id) else { return }
        for operation in file.unsynced { Self.apply(operation, to: &file.synced) }
        file.unsynced = []
        files[id] = file
    }

    private mutating func syncDirectory() {
        for entry in unsyncedEntries { Self.apply(entry, to: &directory) }
        unsyncedEntries = []
    }

    /// The files after the power has gone.
    ///
    /// Each change that was not synced is kept, dropped or torn, independently of all others. How
    /// much is kept, is drawn first: nothing, everything, and what lies between come equally often.
    func afterPowerCut(_ generator: inout SeededGenerator) -> [String: [UInt8]] {
        let shares: [Double] = [0, 0.1, 0.5, 0.9, 1]
        let kept = shares.randomElement(using: &generator) ?? 0
        var names = directory
        for entry in unsyncedEntries where Self.draws(kept, &generator) {
            Self.apply(entry, to: &names)
        }
        return names.compactMapValues { id in
            guard let file = files[id] else { return nil }
            var bytes = file.synced
            for operation in file.unsynced {
                Self.land(operation, on: &bytes, kept: kept, &generator)
            }
            return bytes
        }
    }

    private static func land(
        _ operation: DiskUnderTest.Operation, on bytes: inout [UInt8], kept: Double,
        _ generator: inout SeededGenerator
    ) {
        let isTorn = operation.kind == .write && draws(0.25, &generator)
        guard isTorn else {
            if draws(kept, &generator) { apply(operation, to: &bytes) }
            return
        }
        for piece in sectors(of: operation) where draws(kept, &generator) {
            apply(piece, to: &bytes)
        }
    }

    private static func draws(_ chance: Double, _ generator: inout SeededGenerator) -> Bool {
        Double.random(in: 0..<1, using: &generator) < chance
    }

    /// A write cut at the boundaries of sectors.
    private static func sectors(of write: DiskUnderTest.Operation) -> [DiskUnderTest.Operation] {
        var pieces: [DiskUnderTest.Operation] = []
        var start = 0
        while start < write.bytes.count {
            let offset = write.offset + start
            let end = min(start + sector - offset % sector, write.bytes.count)
            var piece = write
            piece.offset = offset
            piece.bytes = Array(write.bytes[start..<end])
            pieces.append(piece)
            start = end
        }
        return pieces
    }

    private static func apply(_ operation: DiskUnderTest.Operation, to bytes: inout [UInt8]) {
        switch operation.kind {
        case .truncate:
            if operation.offset < bytes.count {
                bytes.removeLast(bytes.count - operation.offset)
            } else {
                bytes += Array(repeating: 0, count: operation.offset - bytes.count)
            }
        default:
            let end = operation.offset + operation.bytes.count
            if end > bytes.count { bytes += Array(repeating: 0, count: end - bytes.count) }
            bytes.withUnsafeMutableBytes { target in
                target[operation.offset..<end].copyBytes(from: operation.bytes)
            }
        }
    }

    private static func apply(_ entry: Entry, to names: inout [String: Int]) {
        switch entry {
        case .made(let name, let id): names[name] = id
        case .gone(let name): names[name] = nil
        }
    }
}
