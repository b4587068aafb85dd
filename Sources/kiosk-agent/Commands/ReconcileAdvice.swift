/// What there is to do about differences that no repair mends, for people.
enum ReconcileAdvice {
    /// A line for each kind of `differences` that has one, then one for those in an archive.
    static func text(_ differences: [ReconcileAnswer.Difference]) -> String {
        let open = differences.filter { $0.repaired == nil }
        let kinds = Set(open.map(\.kind))
        var lines = byKind.filter { kinds.contains($0.kind) }.map { "\($0.kind): \($0.text)" }
        if open.contains(where: \.archived) { lines.append("archived: \(inArchive)") }
        return lines.joined(separator: "\n")
    }

    private static let byKind: [(kind: String, text: String)] = [
        (
            "charged_in_doubt",
            "the number is paid, perhaps by another card — compare card and time at the platform "
                + "— kiosk-agent payments reverse undoes what our card paid"
        ),
        (
            "earlier_order_charged",
            "a number that the payment gave up is paid — compare card and time at the platform — "
                + "refund it there if the payer owes nothing or has paid already"
        ),
    ]

    private static let inArchive =
        "nothing is changed in an archive — compare with the platform — settle it there"
}
