internal import FoundationEssentials
internal import Ledger
internal import Sealing
internal import Settings
internal import TerminalCore

/// The ledger of a replay: `<ledger path>.replay/<terminal>.sqlite`, kept between runs, so that a
/// repeated one goes on where the last one ended.
struct WorkingLedger {
    let ledger: Ledger
    private let clock: any TerminalClock

    init(_ agent: Agent, terminal: String) throws {
        let directory = agent.settings.ledger.path + ".replay"
        clock = agent.clock
        do {
            try FileManager.default.createDirectory(
                atPath: directory, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                .cannotWrite,
                Phrase(
                    en: "the replay cannot keep its records — \(directory) cannot be made — "
                        + "run it as the agent's user",
                    zh: "重放无法保存记录 — 无法创建 \(directory) — "
                        + "请以终端程序的用户运行"))
        }
        var settings = LedgerSettings(
            path: "\(directory)/\(terminal).sqlite", sequence: SeqGenerator(terminal: terminal),
            platform: agent.identity, auditKey: AuditKey(agent.settings),
            cardSeal: CardSeal(agent.settings), recoveryKey: agent.settings.ledger.recoveryKey,
            clock: clock)
        settings.commitDelay = LedgerSettings.briefDelay
        do {
            ledger = try Ledger(settings)
        } catch .locked {
            throw CommandFailure(
                .tryLater,
                Phrase(
                    en: "another replay of this terminal is running — it holds \(directory)/"
                        + "\(terminal).sqlite — wait until it ends",
                    zh: "该终端的另一次重放正在进行 — 它占用了 \(directory)/"
                        + "\(terminal).sqlite — 请等它结束"))
        } catch {
            throw error.openingFailure
        }
    }

    /// Takes over what is owed; returns the numbers of what is or was owed, in the journal's order.
    func adopt(_ payments: [Payment]) async throws -> [String] {
        // Of a replay before there was a key.
        while try await ledger.sealSome() {}
        var seqs: [String] = []
        for payment in payments {
            let adoption = try await ledger.adopt(payment, now: clock.now())
            if adoption != .nothingOwed { seqs.append(payment.seq) }
        }
        return seqs
    }

    /// The payments as they stand.
    func payments(_ seqs: [String]) async throws -> [Payment] {
        var payments: [Payment] = []
        for seq in seqs {
            if let payment = try await ledger.payment(seq) { payments.append(payment) }
        }
        return payments
    }
}

/// This machine's own ledger, held for the time of a replay when it is of the same terminal, so
/// that its agent cannot start meanwhile.
struct OwnLedger {
    private let ledger: Ledger?
    /// The owed payments that it has itself, and its agent delivers.
    let known: Set<String>

    /// Throws when the terminal is this one and alive, or when its own ledger has all that is owed.
    init(_ settings: Settings, against source: ReplaySource) async throws {
        let path = settings.ledger.path
        guard source.isOf(settings), FileManager.default.fileExists(atPath: path) else {
            (ledger, known) = (nil, [])
            return
        }
        let ledger: Ledger
        do {
            ledger = try Ledger(LedgerSettings(settings))
        } catch .locked {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "terminal \(source.terminal) is alive — its agent runs on this machine — "
                        + "stop it first, or let it deliver its payments itself",
                    zh: "终端 \(source.terminal) 仍在运行 — 其终端程序就在本机 — "
                        + "请先停止它，或让它自己上传交易"))
        } catch {
            throw error.openingFailure
        }
        var (known, owed): (Set<String>, Int) = ([], 0)
        for payment in source.payments where payment.adoptedState != nil {
            owed += 1
            guard let own = try await ledger.payment(payment.seq) else { continue }
            guard !payment.differs(from: own) else {
                throw CommandFailure(
                    .no,
                    Phrase(
                        en: "the file and this terminal's own ledger differ about \(payment.seq) — "
                            + "it is \(payment.state.rawValue) there and \(own.state.rawValue) "
                            + "here — do not start the agent; rename the ledger and its -wal, then "
                            + "replay both files",
                        zh: "文件与本终端的账本对 \(payment.seq) 的记录不同 — "
                            + "前者为 \(payment.state.rawValue)，后者为 \(own.state.rawValue) — "
                            + "请勿启动终端程序；将账本及其 -wal 改名，然后重放两个文件"))
            }
            known.insert(payment.seq)
        }
        guard known.count < owed || owed == 0 else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "the payments are in this terminal's own ledger — \(path) has them — start "
                        + "the agent, which delivers them",
                    zh: "这些交易都在本终端的账本中 — \(path) 有它们 — "
                        + "请启动终端程序，由它上传"))
        }
        (self.ledger, self.known) = (ledger, known)
    }
}

extension Payment {
    /// Whether its payer was told "yes" by this file, and the row `own` lost that: its ledger is
    /// older than the file, as after a backup was put back.
    fileprivate func differs(from own: Payment) -> Bool {
        let wasApproved = state == .accepted || state == .held || state == .rejected
        let isOpen = own.state == .awaitingCard || own.state == .pending
        return wasApproved && (isOpen || own.reason == .interrupted)
    }
}

extension ReplaySource {
    /// Whether the terminal of these settings left it behind.
    func isOf(_ settings: Settings) -> Bool {
        terminal == settings.terminal.id && platform.clientID == settings.platform.clientID
    }
}
