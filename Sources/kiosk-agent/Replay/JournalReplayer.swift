internal import Journal
internal import Ledger
internal import LocalAPI
internal import Logging
internal import Sealing
internal import Settings
internal import TerminalAgent
internal import TerminalCore

/// Replays the journals that come over the local API, within the running agent.
struct JournalReplayer: Replayer {
    let settings: Settings
    let logger: Logger

    func read(
        _ path: String, secret: String?
    ) async throws(ReplayRefusal) -> any Replay {
        do {
            return try await replay(path, secret.map { Secret($0) })
        } catch let error as JournalError {
            throw ReplayRefusal(error)
        } catch let failure as CommandFailure {
            throw ReplayRefusal(failure)
        } catch {
            throw ReplayRefusal(
                .unavailable, "the journal was not read — the agent has a fault — send it again")
        }
    }

    private func replay(_ path: String, _ secret: Secret?) async throws -> JournalReplay {
        let signer = secret ?? settings.platform.clientSecret
        let key = JournalKey(clientSecret: signer.exposed)
        let cards = CardKeys(seal: CardSeal(settings))
        let source = try await ReplayThread.run { try Self.source(path, key, cards) }
        // This process holds the lock of its own ledger: what it owes is delivered from there.
        guard !source.isOf(settings) else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "terminal \(source.terminal) is alive — it is this one, and its own ledger "
                        + "delivers its payments — what that does not have, kiosk-agent replay "
                        + "delivers while the agent is stopped",
                    zh: "终端 \(source.terminal) 仍在运行 — 就是本机，它自己的账本会上传其交易 — "
                        + "账本中没有的，请停止终端程序后用 kiosk-agent replay 上传"))
        }
        return JournalReplay(
            delivery: try ReplayDelivery(
                source, settings, secret: secret, words: .call, logger: logger))
    }

    private static func source(
        _ path: String, _ key: JournalKey, _ cards: CardKeys
    ) throws -> ReplaySource {
        guard !ReplaySource.isLedger(path) else {
            throw CommandFailure(
                .data,
                Phrase(
                    en: "a ledger cannot be sent — payments may stand in its -wal alone — put both "
                        + "files on this machine and use kiosk-agent replay FILE",
                    zh: "不能发送账本 — 交易可能只在其 -wal 中 — "
                        + "请将两个文件放到本机并使用 kiosk-agent replay FILE"))
        }
        return try ReplaySource.journal(path, key: key, cards: cards)
    }
}

/// A journal that was read and may be delivered.
private struct JournalReplay: Replay {
    let delivery: ReplayDelivery

    var terminal: String { delivery.source.terminal }
    var payments: [Payment] { delivery.source.payments }
    var tornLine: Int? { delivery.source.tornLine }

    func run(tell: @escaping ReplayTell) async -> ReplayEnd {
        do {
            let outcome = try await delivery.run(tell: tell)
            return ReplayEnd(payments: outcome.payments, failure: outcome.failure(.call)?.text)
        } catch let failure as CommandFailure {
            return ReplayEnd(failure: failure.text)
        } catch let error as LedgerError {
            return ReplayEnd(failure: error.description)
        } catch is CancellationError {
            return ReplayEnd(
                failure: "the replay broke off — the agent stops — \(ReplayWords.call.again.en)")
        } catch {
            return ReplayEnd(
                failure: "the replay broke off — the agent has a fault — "
                    + "\(ReplayWords.call.again.en)")
        }
    }
}

extension ReplayRefusal {
    fileprivate init(_ error: JournalError) {
        switch error {
        case .wrongKey:
            self.init(
                .invalid,
                "the journal is not signed with this key — another terminal wrote it, or its "
                    + "first line was changed — give that terminal's client_secret as "
                    + ReplayWords.call.key)
        case .notAJournal:
            self.init(
                .invalid,
                "this is no journal — its first line is not the head of one — send the file of "
                    + "an export or a mirror")
        case .unreadable, .unwritable: self.init(.unavailable, error.description)
        case .otherVersion, .damaged, .altered, .invalid, .unfinished, .tooMany:
            self.init(.invalid, error.description)
        }
    }

    fileprivate init(_ failure: CommandFailure) {
        switch failure.code {
        case .no, .tryLater: self.init(.busy, failure.text)
        case .usage, .data, .configuration: self.init(.invalid, failure.text)
        case .unreachable, .cannotWrite: self.init(.unavailable, failure.text)
        }
    }
}
