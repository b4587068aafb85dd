import CardReader
import Scanner
import TerminalAgent
import TerminalCore
import TerminalTesting

/// Payers with a code that is good once, instead of a card.
extension World {
    /// What the payer shows: the platform gave it out, unless it is wrong.
    func code(of purchase: Purchase, _ habit: CodeHabit) -> String {
        codesGiven += 1
        let text = "CODE\(purchase.number)-\(habit.isKept ? 0 : codesGiven)"
        if !habit.isWrong { platform.give(text, to: Sample.card(purchase.card).exposed) }
        return text
    }

    /// The POS has a code for its payment.
    func enter(_ text: String, for seq: String) {
        guard let life, let code = OneTimeCode(.sms, text) else { return }
        note("\(text) is typed for \(seq)")
        tally["code typed", default: 0] += 1
        witness.typed(text, for: seq)
        if sabotage == .takesCodesForCards { return tap(text) }
        life.run { _ = try? await life.agent.pay(seq, with: code) }
    }

    /// A code is held before the scanner.
    func scan(_ text: String) {
        guard let life, let scanned = ScannedText(text) else { return }
        note("\(text) is scanned")
        tally["code scanned", default: 0] += 1
        witness.scanned(
            text, Witness.Scan(at: clock.uptime(), life: life.number),
            window: scenario.rules.repeatWindow)
        if sabotage == .takesCodesForCards { return tap(text) }
        life.scan(.scanned(scanned))
    }

    /// As a scanner that is taken for a card reader.
    private func tap(_ text: String) {
        guard let card = try? CardNumber(text) else { return }
        life?.send(.tapped(CardTap(reader: "scanner", number: card)))
        life?.send(.removed(reader: "scanner"))
    }
}
