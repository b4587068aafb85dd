internal import TerminalCore

/// Columns of text, as wide as their widest cell.
struct TextTable {
    private var rows: [[String]]
    private let isAmount: [Bool]

    /// The columns that `amounts` names stand at their right edge.
    init(_ header: [String], amounts: Set<String> = []) {
        rows = [header]
        isAmount = header.map(amounts.contains)
    }

    mutating func add(_ row: [String]) { rows.append(row) }

    /// The lines, without spaces at their ends.
    var text: String {
        let widths = rows[0].indices.map { column in
            rows.map { $0[column].displayWidth }.max() ?? 0
        }
        return rows.map { row in
            let cells = row.indices.map { column in
                let cell = row[column]
                let space = String(repeating: " ", count: widths[column] - cell.displayWidth)
                return isAmount[column] ? space + cell : cell + space
            }
            let line = cells.joined(separator: "  ")
            return String(line.reversed().drop { $0 == " " }.reversed())
        }.joined(separator: "\n")
    }
}
