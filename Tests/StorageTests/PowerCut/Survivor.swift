import Foundation
import TerminalCore
import TerminalTesting

@testable import Ledger

/// A terminal that starts again after its power was cut.
struct Survivor {
    /// Where the power was cut, for the message of a failing test.
    let place: String
    let image: [String: [UInt8]]

    /// Opens what was left with the real code, brings it in order, and lists what was lost.
    ///
    /// `contents` are the ledgers that may be there. `trace`, when given, gets what the disk was
    /// asked to do meanwhile.
    func problems(
        _ promises: Promises, contents: [String]?,
        trace: ((_ operations: [DiskUnderTest.Operation]) -> Void)? = nil
    ) async -> [String] {
        do {
            let files = try TemporaryLedger()
            for (name, bytes) in image {
                try Data(bytes).write(to: URL(fileURLWithPath: "\(files.directory)/\(name)"))
            }
            let disk = trace.map { _ in DiskUnderTest(files.directory) }
            let found = try await restart(files, promises, contents)
            if let disk { trace?(disk.trace()) }
            return found.map { "\(place): \($0)" }
        } catch {
            return ["\(place): \(error)"]
        }
    }

    private func restart(
        _ files: TemporaryLedger, _ promises: Promises, _ contents: [String]?
    ) async throws -> [String] {
        let ledger = try files.open()
        var found: [String] = []
        let content = try await ledger.content()
        if let contents, !contents.contains(content) {
            found.append("neither the ledger of the last call nor that of the next one")
        }
        _ = try await ledger.recover(now: Sample.start)
        found += try await promises.broken(in: ledger)
        guard case .created = try await ledger.open(Sample.draft(), now: Sample.start) else {
            return found + ["no new payment can be opened"]
        }
        return found
    }
}
