internal import Logging
internal import Settings
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

/// One replay from the checked source to its end, whoever asked for it.
struct ReplayDelivery {
    let source: ReplaySource
    /// With the stopped terminal's identity at the platform.
    private let settings: Settings
    private let logger: Logger

    /// Takes on the stopped terminal's identity. `secret` is its own; nil takes this terminal's.
    ///
    /// Terminals with one `client_id` have one secret at the platform, and this terminal has the
    /// present one: what signed the file may have been changed since.
    init(
        _ source: ReplaySource, _ settings: Settings, secret: Secret?, words: ReplayWords,
        logger: Logger
    ) throws {
        guard source.platform.host == settings.platform.host else {
            throw CommandFailure(
                .configuration,
                Phrase(
                    en: "the payments belong to another platform — they were made for "
                        + "\(source.platform.host), this configuration names "
                        + "\(settings.platform.host) — use a configuration for that one",
                    zh: "这些交易属于另一个平台 — 它们属于 "
                        + "\(source.platform.host)，而本配置为 "
                        + "\(settings.platform.host) — 请使用该平台的配置"))
        }
        guard secret != nil || source.platform.clientID == settings.platform.clientID else {
            throw CommandFailure(
                .configuration,
                Phrase(
                    en: "the terminal's credentials are missing — its client_id is not this one's "
                        + "— give its client_secret with \(words.key)",
                    zh: "缺少该终端的凭据 — 其 client_id 与本机不同 — "
                        + "请用 \(words.key) 给出它的 client_secret"))
        }
        if let problem = source.cardProblem, source.owesSomething {
            throw words.failure(problem)
        }
        guard source.undecided == 0 else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "\(source.undecided) payments had no outcome when this was exported — the "
                        + "terminal ran, and may have told their payers yes since — stop it, then "
                        + "export its ledger with --ledger, or use its mirror",
                    zh: "导出时有 \(source.undecided) 笔交易没有结果 — 该终端当时在运行，"
                        + "之后可能已告知顾客成功 — 请停止它，再用 --ledger 导出其账本，或使用其镜像"))
        }
        var settings = settings
        if let secret, source.platform.clientID != settings.platform.clientID {
            settings.platform.clientSecret = secret
        }
        settings.platform.clientID = source.platform.clientID
        (self.source, self.settings, self.logger) = (source, settings, logger)
    }

    /// Takes over what is owed, carries out what an operator decided, and works off the rest until
    /// nothing more can be done.
    func run(
        _ decisions: [ReplayDecision] = [], by word: OperatorsWord = OperatorsWord(by: "operator"),
        tell: @escaping ReplayTell = { _, _ in }
    ) async throws -> ReplayOutcome {
        let agent = Agent(settings: settings, logger: logger)
        let terminal = source.terminal
        let working = try await ReplayThread.run { try WorkingLedger(agent, terminal: terminal) }
        let seqs = try await working.adopt(source.payments)
        let total = seqs.count
        await tell(0, total)
        let end =
            seqs.isEmpty && decisions.isEmpty
            ? .done
            : try await ReplayRun(
                agent: agent, ledger: working.ledger, decisions: decisions, operatorsWord: word
            ).run { owed in
                await tell(max(0, total - owed), total)
            }
        let outcome = ReplayOutcome(end: end, payments: try await working.payments(seqs))
        await tell(total - outcome.left, total)
        return outcome
    }
}
