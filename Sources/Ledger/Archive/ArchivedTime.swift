internal import FoundationEssentials
internal import GRDB
internal import Glibc
public import TerminalCore

/// A payment in an archive, as it was when it went there.
public struct ArchivedPayment: Hashable, Sendable {
    public var payment: Payment
    /// The order numbers that it had before its present one, oldest first.
    public var earlierOrders: [String]
}

/// The archives beside a ledger that may hold payments made within some time.
///
/// A payment that is on its way to the archive stands in both, and the ledger's row counts. So the
/// ledger is read first: what it does not have any more is surely in the archive.
struct ArchivedTime: Sendable {
    let time: Range<Timestamp>
    /// The ledger's file.
    let ledger: String

    /// Runs `work` on each archive. One that is not there holds nothing; one that cannot be read is
    /// an error, so that no sum is silently short.
    func read<T: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> T
    ) async throws(LedgerError) -> [T] {
        var results: [T] = []
        for path in paths {
            do {
                let result = try await ArchiveFile.reader(path).read(work)
                results.append(result)
            } catch let error as DatabaseError {
                throw .unusable("\(path): \(error.message ?? "SQLite error")")
            } catch {
                throw LedgerError(error)
            }
        }
        return results
    }

    private var paths: [String] {
        guard !time.isEmpty else { return [] }
        let last = Timestamp(milliseconds: time.upperBound.milliseconds - 1)
        return (Self.year(time.lowerBound)...Self.year(last))
            .map { ArchiveFile.path(year: String($0), beside: ledger) }
            .filter { FileManager.default.fileExists(atPath: $0) }
    }

    /// In UTC, as the archiver sees it.
    private static func year(_ moment: Timestamp) -> Int {
        var seconds = time_t(moment.milliseconds / 1_000)
        var utc = tm()
        gmtime_r(&seconds, &utc)
        return Int(utc.tm_year) + 1_900
    }

    /// Row numbers as a JSON array, for SQLite's `json_each`.
    static func list(_ ids: [Int64]) -> String {
        "[" + ids.map(String.init).joined(separator: ",") + "]"
    }
}
