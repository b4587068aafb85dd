internal import Sealing
internal import TerminalCore

/// How a replay ended, and what was taken over, as it stands now.
struct ReplayOutcome {
    let end: ReplayRun.End
    let payments: [Payment]

    /// How many still owe the platform something.
    var left: Int { payments.count { $0.state == .accepted || $0.state == .reversing } }

    /// Why something is left, and what to do about it; nil when nothing is.
    func failure(_ words: ReplayWords) -> CommandFailure? {
        switch end {
        case .done: return decisions
        case .stopped:
            return CommandFailure(
                .no,
                "\(left) payments are left — three cards in a row were refused — check the key, "
                    + "the client_id and platform.payment_app, then \(words.again)")
        case .unreachable:
            return CommandFailure(
                .unreachable,
                "\(left) payments are left — the platform cannot be reached — \(words.again)")
        case .credentials:
            return CommandFailure(
                .configuration,
                "\(left) payments are left — the platform refuses the terminal's credentials — "
                    + "check \(words.key), then \(words.again)")
        case .stuck:
            return CommandFailure(
                .tryLater,
                "\(left) payments are left — the platform does not take them now — "
                    + "\(words.again)")
        }
    }

    private var decisions: CommandFailure? {
        let open = payments.count { $0.state == .held || $0.state == .rejected }
        if open == 0 { return nil }
        return CommandFailure(
            .no,
            "\(open) payments need a decision — the platform refused them, or says otherwise — "
                + "run kiosk-agent replay with --submit SEQ, or with --write-off SEQ and --why")
    }
}

/// What each way to a replay calls the same things.
struct ReplayWords {
    /// Where the secret of the stopped terminal is given.
    let key: String
    /// How to go on with what is left.
    let again: String
    /// Where else the private key of a recovery is taken; nil where it is taken here.
    let recovery: String?

    static let command = ReplayWords(
        key: "--key FILE", again: "run the same command again", recovery: nil)
    /// A private key that opens every terminal's cards is not sent around.
    static let call = ReplayWords(
        key: "Kiosk-Journal-Key", again: "send the same journal again",
        recovery: "the card numbers cannot be opened — they are sealed with another terminal's "
            + "data_key — put the journal on this machine, and use kiosk-agent replay with --key")

    /// Cards that are needed stay sealed.
    func failure(_ problem: CardKeyError) -> CommandFailure {
        switch problem {
        case .missing, .notWrapped:
            CommandFailure(.configuration, recovery ?? problem.description)
        case .otherKey, .damaged: CommandFailure(.data, recovery ?? problem.description)
        }
    }
}
