internal import TerminalCore

/// How root runs a command that needs the secrets of an installed terminal.
enum AsService {
    static let command = "sudo /usr/lib/kiosk-agent/as-service"

    /// Follows the names of the secrets that are missing.
    static let secretsMissing = Phrase(
        en: "the secrets are not here — on an installed terminal they are handed to the service "
            + "alone — run this as the service: \(command) COMMAND",
        zh: "此处没有密钥 — 在已安装的终端上，密钥只交给系统服务 — "
            + "请以系统服务的身份运行：\(command) COMMAND")
}
