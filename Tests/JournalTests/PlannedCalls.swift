import Glibc

@testable import Journal

/// The system's calls, each of them answered as a plan says.
struct PlannedCalls: FileCalls {
    /// A call of the mirror; `make` opens a new file, `open` a directory.
    enum Call: CaseIterable { case make, open, write, sync, syncDirectory, rename, unlink }

    enum Answer: Hashable {
        case honest
        /// Not done, with this number of an error; a write has written half.
        case error(Int32)
        /// A write that takes half of the bytes, and says so.
        case half
    }

    private let system = SystemCalls()
    private let plan: @Sendable (Call) -> Answer

    init(_ plan: @escaping @Sendable (Call) -> Answer) { self.plan = plan }

    func open(_ path: String, _ flags: Int32) -> Int {
        answer(flags & O_CREAT == 0 ? .open : .make) { system.open(path, flags) }
    }

    func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        let half = UnsafeRawBufferPointer(rebasing: bytes.prefix((bytes.count + 1) / 2))
        switch plan(.write) {
        case .honest: return system.write(file, bytes)
        case .half: return system.write(file, half)
        case .error(let code):
            _ = system.write(file, half)
            return -Int(code)
        }
    }

    func syncData(_ file: Int32) -> Int { answer(.sync) { system.syncData(file) } }

    func syncDirectory(_ directory: Int32) -> Int {
        answer(.syncDirectory) { system.syncDirectory(directory) }
    }

    func rename(_ old: String, _ new: String) -> Int {
        answer(.rename) { system.rename(old, new) }
    }

    func unlink(_ path: String) -> Int { answer(.unlink) { system.unlink(path) } }

    private func answer(_ call: Call, _ honest: () -> Int) -> Int {
        if case .error(let code) = plan(call) { return -Int(code) }
        return honest()
    }
}
