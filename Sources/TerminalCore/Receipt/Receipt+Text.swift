extension Receipt {
    /// What a receipt's words are in.
    public typealias Language = DayReport.Language

    /// How wide the paper of thermal printers is, in columns: that of 58 and of 80 mm.
    public static let widths = [32, 48]

    /// For a printer whose letters are all equally wide; `width` is one of ``widths``.
    ///
    /// No line is wider, whatever a title or the platform says, and nothing in it steers a printer.
    public func text(width: Int, _ language: Language) -> String {
        let words = ReceiptWords(language)
        var paper = Paper(width: width)
        if isCopy { paper.centre(words.copy) }
        paper.centre(terminalName)
        paper.rule()
        paper.centre(words.headline(outcome, charge))
        paper.centre(words.sum(amount))
        if let note = words.note(charge) { paper.centre(note) }
        paper.rule()
        addRows(to: &paper, words)
        return paper.lines.map { $0 + "\n" }.joined()
    }

    private func addRows(to paper: inout Paper, _ words: ReceiptWords) {
        paper.row(words.item, title)
        paper.row(words.reason, reason.map(words.text))
        if paidAmount != amount { paper.row(words.taken, paidAmount.map(words.sum)) }
        paper.row(words.card, card)
        paper.row(words.balance, balance.map(words.sum))
        paper.row(words.time, Self.clock(time))
        paper.row(words.refund, refundTime.map(Self.clock))
        paper.row(words.reference, reference)
        paper.row(words.trade, tradeID)
        paper.row(words.order, order)
        paper.row(words.terminal, terminalID)
        paper.row(words.number, seq)
    }

    /// Local time with its offset: `2026-11-21 12:30:05+08:00`.
    private static func clock(_ time: Timestamp) -> String {
        time.localText.replacing("T", with: " ")
    }
}
