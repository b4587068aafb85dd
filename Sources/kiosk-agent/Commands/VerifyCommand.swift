internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import LocalAPI
internal import Sealing
internal import Settings
internal import TerminalCore

/// `kiosk-agent verify`
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks the ledger: SQLite's integrity, the audit chain, the totals.",
        discussion: Help.text(
            "Ends with 1 when something was edited, removed or reordered, and names the first "
                + "line. Archives beside the ledger are checked with it.",
            examples: "verify", "verify --ledger ledger.sqlite"))

    @OptionGroup var ledger: LedgerFileOption
    @OptionGroup var json: JSONFlag
    @OptionGroup var config: ConfigOption

    func run() async throws {
        let body =
            if let file = ledger.file { try await checkFile(file) } else { try await askAgent() }
        let answer = try AgentClient.Answer(status: 200, body: body).decode(VerificationAnswer.self)
        Terminal.say(json.isOn ? String(decoding: body, as: UTF8.self) : Self.text(answer))
        if !answer.sound { throw CommandFailure(.no) }
    }

    /// The agent checks for as long as it takes, and is asked how far it is.
    private func askAgent() async throws -> Data {
        let client = try config.client()
        let bar = ProgressBar(ProgressWords.verifying)
        defer { bar.end() }
        while true {
            let answer = try await client.call("POST", "/v1/verify")
            guard answer.status == 202 else { return answer.body }
            let progress = try answer.decode(VerificationProgressAnswer.self)
            if !json.isOn { bar.show(Int(progress.done), of: Int(progress.total)) }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Without a configuration nobody knows the key, and only the order of the lines is checked.
    private func checkFile(_ path: String) async throws -> Data {
        let hasConfiguration = FileManager.default.fileExists(atPath: config.file)
        let settings = hasConfiguration ? try config.load().settings : nil
        let bar = json.isOn ? nil : ProgressBar(ProgressWords.verifying)
        defer { bar?.end() }
        do {
            let result = try await Ledger.verify(
                file: path, keys: settings.map { [AuditKey($0)] + AuditKey.former($0) } ?? [],
                seal: settings.flatMap { CardSeal($0) },
                acceptsMissingWAL: ledger.acceptsMissingWAL
            ) { bar?.show(Int($0.done), of: Int($0.total)) }
            return try VerificationView(result).json()
        } catch let error as LedgerError {
            throw CommandFailure(.data, error.phrase)
        }
    }

    static func text(_ answer: VerificationAnswer) -> String {
        var table = TextTable(
            [VerifyWords.payments.text, "\(answer.payments)"], overflow: .wrapped)
        for (state, total) in answer.totals.sorted(by: { $0.key < $1.key }) {
            let sum = VerifyWords.sum(total.count, Money(fen: total.fen).description)
            table.add([PaymentWords.state(state).text, sum.text])
        }
        let lines = VerifyWords.lines(answer.lines, archived: answer.archivedLines)
        table.add([VerifyWords.history.text, lines.text])
        if answer.absentLines > 0 {
            table.add([VerifyWords.noArchive.text, VerifyWords.absent(answer.absentLines).text])
        }
        if let from = answer.uncheckedFrom, let to = answer.uncheckedTo {
            let unchecked = VerifyWords.unchecked(answer.uncheckedLines, from, to)
            table.add([VerifyWords.notChecked.text, unchecked.text])
            let sealed = answer.sealedLines ?? 0
            if sealed > 0 { table.add(["", VerifyWords.sealed(sealed).text]) }
            if answer.uncheckedLines > sealed {
                table.add(["", VerifyWords.otherKey(answer.uncheckedLines - sealed).text])
            }
        }
        let result = answer.sound ? VerifyWords.sound : VerifyWords.problems(answer.problemCount)
        table.add([VerifyWords.result.text, result.text])
        return ([table.text] + answer.problems.map { VerifyWords.problem($0).text })
            .joined(separator: "\n")
    }
}
