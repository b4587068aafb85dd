/// How far something is, as a bar on a terminal; a pipe gets the outcome alone.
struct ProgressBar {
    private static let width = 30

    func show(_ done: Int, of total: Int) {
        guard Terminal.isInteractive, total > 0 else { return }
        let filled = Self.width * done / total
        let bar =
            String(repeating: "#", count: filled)
            + String(repeating: ".", count: Self.width - filled)
        print("\r[\(bar)] \(done)/\(total)", terminator: "")
        Terminal.flush()
    }

    /// Ends the bar's line.
    func end() { if Terminal.isInteractive { Terminal.say("") } }
}
