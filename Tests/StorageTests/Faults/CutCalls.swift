import Foundation
import Glibc
import Synchronization

@testable import Ledger

/// The system's calls until the power is cut before one of them; what no sync of the directory has
/// made to last may then be taken back.
final class CutCalls: DirectoryCalls {
    private enum Change {
        case made(String)
        case renamed(String, from: String)
        case removed(String, Data)
    }

    private struct State {
        var left: Int
        var unsynced: [Change] = []
    }

    private let system = SystemDirectoryCalls()
    private let state: Mutex<State>

    /// The power is cut after `count` calls.
    init(after count: Int) { state = Mutex(State(left: count)) }

    /// How many changes a sync has not made to last.
    var unsynced: Int { state.withLock { $0.unsynced.count } }

    /// Takes back the changes whose bits are set, the first one is bit 0.
    func takeBack(_ bits: Int) throws {
        let changes = state.withLock { $0.unsynced }
        for (bit, change) in changes.enumerated().reversed() where bits & (1 << bit) != 0 {
            switch change {
            case .made(let path): _ = Glibc.unlink(path)
            case .renamed(let path, let old): _ = Glibc.rename(path, old)
            case .removed(let path, let bytes): try bytes.write(to: URL(fileURLWithPath: path))
            }
        }
    }

    func write(_ bytes: [UInt8], to path: String) throws(LedgerError) {
        try step(.made(path))
        try system.write(bytes, to: path)
    }

    func rename(_ old: String, _ new: String) throws(LedgerError) {
        try step(.renamed(new, from: old))
        try system.rename(old, new)
    }

    func unlink(_ path: String) throws(LedgerError) {
        try step(.removed(path, (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data()))
        try system.unlink(path)
    }

    func syncDirectory(of path: String) throws(LedgerError) {
        try step(nil)
        try system.syncDirectory(of: path)
        state.withLock { $0.unsynced = [] }
    }

    private func step(_ change: Change?) throws(LedgerError) {
        let isCut = state.withLock { state -> Bool in
            guard state.left > 0 else { return true }
            state.left -= 1
            if let change { state.unsynced.append(change) }
            return false
        }
        if isCut { throw .unusable("the power was cut") }
    }
}
