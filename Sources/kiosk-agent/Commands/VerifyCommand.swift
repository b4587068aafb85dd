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
        var table = TextTable(["payments", "\(answer.payments)"], overflow: .wrapped)
        for (state, total) in answer.totals.sorted(by: { $0.key < $1.key }) {
            table.add([state, "\(total.count), \(Money(fen: total.fen)) yuan"])
        }
        table.add(["lines of history", "\(answer.lines), \(answer.archivedLines) from archives"])
        if answer.absentLines > 0 {
            table.add(["archive not here", "\(answer.absentLines) lines, by their checkpoint"])
        }
        if let from = answer.uncheckedFrom, let to = answer.uncheckedTo {
            table.add(["not checked", "\(answer.uncheckedLines) lines between \(from) and \(to)"])
            let sealed = answer.sealedLines ?? 0
            if sealed > 0 {
                table.add(["", "\(sealed) of them: the data_key of their cards is not here"])
            }
            if answer.uncheckedLines > sealed {
                table.add(["", "\(answer.uncheckedLines - sealed) of them: another key signed"])
            }
        }
        table.add(["result", answer.sound ? "sound" : "\(answer.problemCount) problems"])
        return ([table.text] + answer.problems.map(line)).joined(separator: "\n")
    }

    private static func line(_ problem: VerificationAnswer.Problem) -> String {
        let place = [problem.line.map { "line \($0)" }, problem.seq.map { "payment \($0)" }]
            .compactMap(\.self).joined(separator: ", ")
        return "PROBLEM  " + (place.isEmpty ? "" : place + ": ") + problem.text
    }
}
