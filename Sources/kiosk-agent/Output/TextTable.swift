internal import TerminalCore

/// Columns of text, as wide as their widest cell.
///
/// A terminal gets no line that is wider than it is: the last column gives way, unless it holds
/// order numbers or amounts. A pipe gets everything.
struct TextTable {
    /// What becomes of a last cell that has no room.
    enum Overflow: Hashable {
        /// Its end becomes an ellipsis.
        case shortened
        /// It goes on in the next line: for what has to be read.
        case wrapped
        /// It stays, however long: for what is copied.
        case kept
    }

    private var rows: [[StyledText]]
    private let isAmount: [Bool]
    private let isState: [Bool]
    private let overflow: Overflow

    /// Between two columns.
    private static let gap = "  "
    /// A last column is never made narrower than this.
    private static let lastMin = 12
    /// The columns that nobody can use a part of.
    private static let whole: Set<String> = [TableWords.seq.text, TableWords.order.text]

    /// The columns that `amounts` names stand at their right edge; those that `states` names hold
    /// states of payments.
    init(
        _ header: [String], amounts: Set<String> = [], states: Set<String> = [],
        overflow: Overflow = .shortened
    ) {
        rows = [header.map { StyledText($0) }]
        isAmount = header.map(amounts.contains)
        isState = header.map(states.contains)
        let isWhole = header.last.map { amounts.union(Self.whole).contains($0) } ?? false
        self.overflow = isWhole ? .kept : overflow
    }

    mutating func add(_ row: [String]) {
        rows.append(
            zip(row, isState).map { cell, isState in
                isState ? Mark(state: cell).text() : StyledText(cell)
            })
    }

    /// A row of two: what, and how it is.
    mutating func add(_ name: String, _ value: StyledText) {
        rows.append([StyledText(name), value])
    }

    /// The lines without colour, and without spaces at their ends.
    var text: String { lines.map(\.plain).joined(separator: "\n") }

    /// The lines with the colours of states.
    var styled: StyledText { StyledText.joined(lines, by: "\n") }

    private var lines: [StyledText] {
        let widths = rows[0].indices.map { column in
            rows.map { $0[column].displayWidth }.max() ?? 0
        }
        let begin = widths.dropLast().reduce(0) { $0 + $1 + Self.gap.count }
        let room = Terminal.columns.map { max(Self.lastMin, $0 - begin) }
        return rows.flatMap { pieces(of: $0, widths, room).map(\.trimmed) }
    }

    /// More than one where the last cell is wrapped.
    private func pieces(of row: [StyledText], _ widths: [Int], _ room: Int?) -> [StyledText] {
        let last = row.indices.last ?? 0
        let head = row.indices.dropLast().reduce(StyledText("")) { line, column in
            line + filled(row[column], widths[column], column) + StyledText(Self.gap)
        }
        let cells = fitted(row[last], room)
        let indent = StyledText(String(repeating: " ", count: head.displayWidth))
        return cells.enumerated().map { index, cell in
            (index == 0 ? head : indent) + filled(cell, widths[last], last)
        }
    }

    private func filled(_ cell: StyledText, _ width: Int, _ column: Int) -> StyledText {
        let count = max(0, width - cell.displayWidth)
        let space = StyledText(String(repeating: " ", count: count))
        return isAmount[column] ? space + cell : cell + space
    }

    private func fitted(_ cell: StyledText, _ room: Int?) -> [StyledText] {
        guard let room, cell.displayWidth > room else { return [cell] }
        return switch overflow {
        case .shortened: [cell.shortened(to: room)]
        case .wrapped: cell.wrapped(to: room)
        case .kept: [cell]
        }
    }
}
