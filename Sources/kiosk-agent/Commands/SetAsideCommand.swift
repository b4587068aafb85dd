internal import ArgumentParser
internal import Ledger
internal import Settings
internal import TerminalCore

/// `kiosk-agent set-aside`
struct SetAsideCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set-aside",
        abstract: "Renames a damaged ledger, so that the agent can start with a new one.",
        discussion: Help.text(
            """
            Nothing is deleted: the old file and its log keep their bytes under a new name. A \
            ledger without damage stays where it is. The agent must be stopped. After a power cut \
            in the middle the next start, or the same command again, does the rest.
            """,
            examples: "set-aside"))

    @Flag(
        name: .customLong("without-mirror"),
        help: "Look for used order numbers in the ledger only: the mirror is lost.")
    var withoutMirror = false
    @OptionGroup var config: ConfigOption

    func run() async throws {
        let settings = try config.load().settings
        do throws(LedgerError) {
            let name = try Ledger.setAside(
                LedgerSettings(settings), mirror: withoutMirror ? nil : settings.ledger.mirror,
                now: SystemTerminalClock().now())
            let words = [
                SetAsideWords.renamed(name), SetAsideWords.fresh(settings.ledger.path),
                SetAsideWords.replay, SetAsideWords.lostCards,
            ]
            for line in words { Terminal.say(line.text) }
        } catch {
            throw CommandFailure(error.isAnswer ? .no : .cannotWrite, error.phrase)
        }
    }
}

/// What `kiosk-agent set-aside` says when it is done.
private enum SetAsideWords {
    static let replay = Phrase(
        en: "What was accepted and not yet forwarded is delivered from the mirror or from the "
            + "old file: kiosk-agent replay FILE --original-stopped",
        zh: "已批准但尚未上传的交易从镜像或旧文件上传：kiosk-agent replay FILE --original-stopped")
    static let lostCards = Phrase(
        en: "Lost cards that an operator added or imported must be added again.",
        zh: "操作员添加或导入的挂失卡必须重新添加。")

    static func renamed(_ name: String) -> Phrase {
        Phrase(
            en: "The damaged ledger is now \(name); keep it.",
            zh: "损坏的账本现为 \(name)；请保留它。")
    }

    static func fresh(_ path: String) -> Phrase {
        Phrase(
            en: "A new one is at \(path): start the agent.",
            zh: "新账本位于 \(path)：请启动终端程序。")
    }
}

extension LedgerError {
    /// Whether the answer is no: there is nothing to set aside.
    fileprivate var isAnswer: Bool {
        if case .whole = self { true } else { false }
    }
}
