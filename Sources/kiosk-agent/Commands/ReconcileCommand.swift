internal import ArgumentParser
internal import TerminalCore

/// `kiosk-agent reconcile`
struct ReconcileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reconcile",
        abstract: "Asks the platform about every payment of a day and prints the differences.",
        discussion: Help.text(
            """
            With --repair, what the platform has charged is settled where the payer was told yes \
            and reversed where the payer was told no; all else is left to you, and whatever is in \
            an archive. Ends with 0 when both sides agree, with 1 when differences are left, with \
            69 when the platform cannot be reached, with 75 when payments that are under way were \
            not compared.
            """,
            examples: "reconcile --date 2026-11-21", "reconcile --date 2026-11-21 --repair"))

    @Option(help: "The day, for example 2026-11-21; today when left out.")
    var date: String?
    @Flag(name: .customLong("repair"), help: "Bring our side in line where the rules allow it.")
    var repairs = false
    @OptionGroup var config: ConfigOption
    @OptionGroup var json: JSONFlag

    private struct Order: Encodable {
        var date: String?
        var repair: Bool
        var by: String
    }

    func run() async throws {
        let client = try config.client()
        var answer = try await client.call(
            "POST", "/v1/reconcile",
            body: Order(date: date, repair: repairs, by: Operator.userName))
        var job = try answer.decode(ReconcileAnswer.self)
        let bar = ProgressBar(ProgressWords.comparing)
        while job.running {
            try await Task.sleep(for: .milliseconds(250))
            answer = try await client.call("GET", "/v1/reconcile")
            job = try answer.decode(ReconcileAnswer.self)
            if !json.isOn { bar.show(job.done, of: job.total) }
        }
        if json.isOn {
            Terminal.say(String(decoding: answer.body, as: UTF8.self))
        } else {
            bar.end()
            Terminal.say(Self.text(job))
        }
        try Self.end(job)
    }

    static func text(_ job: ReconcileAnswer) -> StyledText {
        let differences = job.differences ?? []
        let totals = ReconcileWords.totals(job, differences.count).text
        if differences.isEmpty { return StyledText(totals) }
        let heads = [
            TableWords.seq, TableWords.state, TableWords.difference, TableWords.ours,
            TableWords.platform, TableWords.now, TableWords.order,
        ]
        var table = TextTable(
            heads.map(\.text), amounts: [TableWords.ours.text, TableWords.platform.text],
            states: [TableWords.state.text])
        for line in differences {
            table.add([
                line.seq, line.state, line.kind, "\(Money(fen: line.ours))",
                line.platform.map { "\(Money(fen: $0))" } ?? "?",
                line.repaired.map { PaymentWords.state($0).text }
                    ?? (line.archived ? TableWords.archived.text : ""),
                line.order == line.seq ? "" : line.order,
            ])
        }
        let words = [ReconcileAdvice.text(differences), totals].filter { !$0.isEmpty }
        return StyledText.joined([table.styled] + words.map { StyledText($0) }, by: "\n\n")
    }

    /// The exit code.
    private static func end(_ job: ReconcileAnswer) throws {
        if let failure = job.failure {
            throw CommandFailure(.cannotWrite, Phrase(verbatim: failure))
        }
        if job.unreachable {
            throw CommandFailure(
                .unreachable,
                Phrase(
                    en: "the platform does not answer — \(job.total - job.done) payments were not "
                        + "compared — try again later",
                    zh: "平台没有应答 — \(job.total - job.done) 笔交易没有核对 — "
                        + "请稍后再试"))
        }
        if job.open > 0 { throw CommandFailure(.no, skipped(job)) }
        if job.underWay > 0 { throw CommandFailure(.tryLater, skipped(job)) }
    }

    /// That some payments were not compared; nil when all were.
    private static func skipped(_ job: ReconcileAnswer) -> Phrase? {
        guard job.underWay > 0 else { return nil }
        return Phrase(
            en: "not every payment was compared — \(job.underWay) under way at that moment — "
                + "try again soon",
            zh: "没有核对所有交易 — 当时有 \(job.underWay) 笔正在处理 — 请稍后再试")
    }
}

/// A reconciliation as the agent tells it; money in fen.
struct ReconcileAnswer: Decodable {
    struct Difference: Decodable {
        var seq: String
        var order: String
        var state: String
        var kind: String
        var ours: Int64
        var platform: Int64?
        var repaired: String?
        var archived: Bool
    }

    var date: String
    var running: Bool
    var failure: String?
    var total: Int
    var done: Int
    var neverSent: Int
    var underWay: Int
    var archived: Int
    var unreachable: Bool
    var ours: Int64
    var platform: Int64
    var open: Int
    var differences: [Difference]?
}
