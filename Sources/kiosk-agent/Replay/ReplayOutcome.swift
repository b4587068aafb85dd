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
                Phrase(
                    en: "\(left) payments are left — three cards in a row were refused — check the "
                        + "key, the client_id and platform.payment_app, then \(words.again.en)",
                    zh: "还剩 \(left) 笔交易 — 连续三张卡被拒绝 — 请检查密钥、"
                        + "client_id 和 platform.payment_app，然后\(words.again.zh)"))
        case .unreachable:
            return CommandFailure(
                .unreachable,
                Phrase(
                    en: "\(left) payments are left — the platform cannot be reached — "
                        + "\(words.again.en)",
                    zh: "还剩 \(left) 笔交易 — 无法连接平台 — 请\(words.again.zh)"))
        case .credentials:
            return CommandFailure(
                .configuration,
                Phrase(
                    en: "\(left) payments are left — the platform refuses the terminal's "
                        + "credentials — check \(words.key), then \(words.again.en)",
                    zh: "还剩 \(left) 笔交易 — 平台拒绝该终端的凭据 — "
                        + "请检查 \(words.key)，然后\(words.again.zh)"))
        case .stuck:
            return CommandFailure(
                .tryLater,
                Phrase(
                    en: "\(left) payments are left — the platform does not take them now — "
                        + "\(words.again.en)",
                    zh: "还剩 \(left) 笔交易 — 平台目前不接受 — "
                        + "请\(words.again.zh)"))
        }
    }

    private var decisions: CommandFailure? {
        let open = payments.count { $0.state == .held || $0.state == .rejected }
        if open == 0 { return nil }
        return CommandFailure(
            .no,
            Phrase(
                en: "\(open) payments need a decision — the platform refused them, or says "
                    + "otherwise — run kiosk-agent replay with --submit SEQ, or with --write-off "
                    + "SEQ and --why",
                zh: "\(open) 笔交易需要决定 — 平台拒绝了它们，或说法不同 — "
                    + "请用 --submit SEQ，或 --write-off SEQ 加 --why，运行 kiosk-agent replay"))
    }
}

/// What each way to a replay calls the same things.
struct ReplayWords {
    /// Where the secret of the stopped terminal is given.
    let key: String
    /// How to go on with what is left.
    let again: Phrase
    /// Where else the private key of a recovery is taken; nil where it is taken here.
    let recovery: Phrase?

    static let command = ReplayWords(
        key: "--key FILE",
        again: Phrase(en: "run the same command again", zh: "重新运行同一命令"), recovery: nil)
    /// A private key that opens every terminal's cards is not sent around.
    static let call = ReplayWords(
        key: "Kiosk-Journal-Key",
        again: Phrase(en: "send the same journal again", zh: "重新发送同一流水文件"),
        recovery: Phrase(
            en: "the card numbers cannot be opened — they are sealed with another terminal's "
                + "data_key — put the journal on this machine, and use kiosk-agent replay with "
                + "--key",
            zh: "无法打开卡号 — 它们用另一台终端的 data_key 加密 — "
                + "请将流水文件放到本机，并使用 kiosk-agent replay 加 --key"))

    /// Cards that are needed stay sealed.
    func failure(_ problem: CardKeyError) -> CommandFailure {
        switch problem {
        case .missing, .notWrapped: CommandFailure(.configuration, recovery ?? problem.phrase)
        case .otherKey, .damaged: CommandFailure(.data, recovery ?? problem.phrase)
        }
    }
}
