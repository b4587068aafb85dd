internal import Ledger

/// A ledger with many settled payments, made once for all parts that need one: that takes minutes.
final class LargeLedger {
    let rows: Int
    private var file: (scratch: Scratch, path: String)?

    init(_ effort: Effort) { rows = effort.count(1_000_000) }

    /// Its file, which is made at the first call.
    func path() throws -> String {
        if let file { return file.path }
        let scratch = try Scratch()
        let path = scratch.path("large.sqlite")
        _ = try Ledger.forBench(path)
        let time = try elapsed { try PlainLedger(path: path).fill(rows, settles: true) }
        note("\(rows.grouped) settled payments made in \((time / .seconds(1)).text(0)) s")
        file = (scratch, path)
        return path
    }
}
