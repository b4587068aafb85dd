internal import ArgumentParser
internal import Foundation
internal import TerminalCore

/// The words of a command line that is not understood, and of everything unforeseen.
extension CommandFailure {
    /// `error` as the parser or a command threw it; not for a request for help.
    init(unforeseen error: any Error) {
        let message = Self.message(for: error)
        guard KioskAgent.exitCode(for: error) == .validationFailure else {
            self.init(
                .no,
                Phrase(
                    en: "the command ended — \(message) — see kiosk-agent doctor",
                    zh: "命令已中止 — \(message) — 请运行 kiosk-agent doctor 检查"))
            return
        }
        let help = Self.helpCommand(in: KioskAgent.fullMessage(for: error))
        self.init(
            .usage,
            Phrase(
                en: "the command line is not understood — \(message) — see \(help)",
                zh: "无法理解命令行 — \(message) — 请查看 \(help)"))
    }

    private static func message(for error: any Error) -> String {
        let message = KioskAgent.message(for: error)
            .split(whereSeparator: \.isNewline).joined(separator: " ")
        guard message.contains("'<amount>'") else { return message }
        return PayCommand.negativeAmount(in: ProcessInfo.processInfo.arguments) ?? message
    }

    /// The command that the parser's message sends its reader to.
    private static func helpCommand(in text: String) -> Substring {
        text.firstMatch(of: /See '([^']+)' for more/)?.1 ?? "kiosk-agent --help"
    }
}
