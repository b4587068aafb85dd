import TerminalCore
import Testing

/// Plays a session from a text, one event a line, and writes the same text with what really came.
///
/// A line is `<milliseconds> <event> <words> = <outcome>`; a test compares the two texts, so that a
/// failure is a diff which a cashier could read.
enum SessionScript {
    static func played(_ script: String, mode: Session.Mode) throws -> String {
        var machine = Session.StateMachine(mode: mode, repeatWindow: .milliseconds(3_000))
        var lines: [String] = []
        for line in script.split(separator: "\n") {
            let event = line.prefix { $0 != "=" }.split(separator: " ").map(String.init)
            let outcome = try outcome(of: event, &machine)
            lines.append((event + ["=", outcome]).joined(separator: " "))
        }
        return lines.joined(separator: "\n")
    }

    private static func outcome(
        of event: [String], _ machine: inout Session.StateMachine
    ) throws -> String {
        let now = Duration.milliseconds(Int(event[0]) ?? 0)
        switch event[1] {
        case "request": return words(machine.paymentRequested())
        case "opened": machine.paymentOpened(waiting(event[2]))
        case "opening-failed": machine.openingFailed()
        case "tap":
            return words(machine.cardTapped(try CardNumber(event[2]), reader: event[3], at: now))
        case "scan": return words(machine.codeScanned(try code(event[2]), at: now))
        case "give":
            let waiting = machine.codeGiven(try code(event[2]), for: event[3], at: now)
            return waiting.map { "pay \($0.seq)" } ?? "-"
        case "started": machine.paymentStarted(event[2], by: try payer(event[3]))
        case "recording-failed":
            machine.recordingFailed(
                try payer(event[2]), seq: event.count > 3 ? event[3] : nil, at: now)
        case "decided": return machine.paymentDecided(event[2], at: now) == .show ? "show" : "-"
        case "removed": machine.cardRemoved(reader: event[2], at: now)
        case "ended": return machine.waitingEnded(event[2]) ? "ended" : "-"
        default: return "unknown event"
        }
        return "waiting \(machine.waiting?.seq ?? "-"), paying \(machine.payingCount)"
    }

    /// `#` begins a code; anything else is a card.
    private static func payer(_ word: String) throws -> Payer {
        word.hasPrefix("#") ? .code(try code(word)) : .card(try CardNumber(word))
    }

    private static func code(_ word: String) throws -> OneTimeCode {
        try #require(OneTimeCode(.qr, word))
    }

    static func waiting(_ seq: String) -> Session.Waiting {
        Session.Waiting(
            seq: seq, amount: Money(fen: 1_250), title: "Lunch",
            expiresAt: Timestamp(milliseconds: 1_700_000_060_000))
    }

    private static func words(_ action: Session.StateMachine.RequestAction) -> String {
        switch action {
        case .open: "open"
        case .busy(let seq): "busy \(seq ?? "-")"
        case .fixedMode: "fixed mode"
        }
    }

    private static func words(_ action: Session.StateMachine.PayerAction) -> String {
        switch action {
        case .payWaiting(let waiting): "pay \(waiting.seq)"
        case .payFixed: "pay fixed"
        case .ignore(.repeated): "repeated"
        case .ignore(.stillPaying): "still paying"
        case .ignore(.nothingToPay): "nothing to pay"
        }
    }
}
