extension DayReport {
    /// The columns of ``csv``; money is in fen, times are local with their offset.
    static let columns = [
        "date", "terminals", "line", "state", "reason", "count", "amount", "paid_amount", "from",
        "to", "first", "last",
    ]

    /// Comma-separated values as in RFC 4180.
    ///
    /// `line` says what a row counts: each `state` once, each `reason` of a refusal, the `approved`
    /// payments, the `offline` part of them, and the `total` of all states.
    public var csv: String {
        let rows =
            states.map { row("state", $0) } + refused.map { row("reason", $0) }
            + [row("approved", approved), row("offline", offline), row("total", total)]
        return ([Self.columns] + rows).map { row in
            row.map(Self.field).joined(separator: ",") + "\r\n"
        }.joined()
    }

    private func row(_ name: String, _ line: Line) -> [String] {
        [
            date, terminals.joined(separator: " "), name, line.state?.rawValue ?? "",
            line.reason?.rawValue ?? "", String(line.count), String(line.amount),
            String(line.paidAmount), from.local, to.local, first?.local ?? "", last?.local ?? "",
        ]
    }

    /// Quoted where the value needs it.
    static func field(_ text: String) -> String {
        let special: Set<Unicode.Scalar> = ["\"", ",", "\r", "\n"]
        guard text.unicodeScalars.contains(where: special.contains) else { return text }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }
}
