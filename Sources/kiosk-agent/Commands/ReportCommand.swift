internal import ArgumentParser
internal import FoundationEssentials
internal import Ledger
internal import Settings
internal import TerminalCore

/// `kiosk-agent report`
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "The totals of one day.",
        discussion: Help.text(
            """
            The day is a local one of the machine that reads the ledger. Each payment counts once, \
            on the day on which it was made, in the state that it has now. CSV and JSON have money \
            in fen.
            """,
            examples: "report", "report --date 2026-11-21 --format csv"))

    /// What is printed.
    enum Format: String, CaseIterable, ExpressibleByArgument { case text, csv, json }

    @Option(help: "The day, such as 2026-11-21; otherwise today.")
    var date: String?
    @Option(help: "The form of the output.")
    var format = Format.text
    @OptionGroup var ledger: LedgerFileOption
    @OptionGroup var config: ConfigOption

    func validate() throws {
        guard date.map({ LocalDate($0) != nil }) ?? true else {
            throw ValidationError(
                Phrase(
                    en: "DATE must be a day such as 2026-11-21",
                    zh: "DATE 必须为日期，例如 2026-11-21"))
        }
    }

    func run() async throws {
        let report = try await report()
        switch format {
        case .text: Terminal.say(report.text(config.language))
        case .csv:
            print(report.csv, terminator: "")
            Terminal.flush()
        case .json:
            let encoder = JSONEncoder()
            encoder.keyEncodingStrategy = .convertToSnakeCase
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Terminal.say(String(decoding: try encoder.encode(report), as: UTF8.self))
        }
    }

    private func report() async throws -> DayReport {
        guard let copy = try ledger.copy() else {
            let query = date.map { "?date=\($0)" } ?? ""
            return try await config.client().call("GET", "/v1/report" + query)
                .decode(DayReport.self)
        }
        let day = date.flatMap { LocalDate($0) } ?? LocalDate(SystemTerminalClock().now())
        do {
            return try await copy.reader.report(day)
        } catch {
            throw error.failure
        }
    }
}

extension ConfigOption {
    /// The language of this terminal, as a report has it.
    var language: DayReport.Language { Speech.language == .en ? .en : .zh }
}
