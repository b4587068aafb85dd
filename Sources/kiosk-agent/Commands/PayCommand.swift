internal import ArgumentParser
internal import TerminalCore
internal import UnixSignals

/// `kiosk-agent pay`
struct PayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pay", abstract: "Starts a payment, asks for the tap, prints the outcome.",
        discussion: Help.text(
            examples: "pay 12.50", "pay 1250fen --title Lunch --reference receipt-17"))

    @Argument(help: "In yuan (12.50) or fen (1250fen).")
    var amount: String
    @Option(help: "What the payer sees.")
    var title: String?
    @Option(help: "The sale's own name; the same reference never pays twice.")
    var reference: String?
    @Option(name: .customLong("wait"), help: "Seconds to wait for the tap, 1 to 600.")
    var waitSeconds: Int64 = 60
    @OptionGroup var config: ConfigOption
    @OptionGroup var json: JSONFlag

    private struct Body: Encodable {
        var amount: Int64
        var title: String?
        var reference: String?
        var expiresIn: Int64
    }

    private static let amountForms = Phrase(
        en: "yuan such as 12.50 or fen such as 1250fen, from 0.01 to 1000000.00",
        zh: "元（如 12.50）或分（如 1250fen），从 0.01 到 1000000.00 元")

    /// What is wrong with a command line that misses its amount; nil when nothing in it looks like
    /// a negative one, which the parser takes for an option.
    static func negativeAmount(in arguments: [String]) -> String? {
        let isNegative = arguments.contains { argument in
            argument.hasPrefix("-") && Money(String(argument.dropFirst())) != nil
        }
        let words = Phrase(
            en: "AMOUNT must be above zero: \(amountForms.en)",
            zh: "AMOUNT 必须大于零：\(amountForms.zh)")
        return isNegative ? words.text : nil
    }

    func validate() throws {
        guard let money = Money(amount), money.isPayable else {
            let forms = Self.amountForms
            throw ValidationError(
                Phrase(en: "AMOUNT must be \(forms.en)", zh: "AMOUNT 必须为\(forms.zh)"))
        }
        guard (1...600).contains(waitSeconds) else {
            throw ValidationError(
                Phrase(
                    en: "--wait must be 1 to 600 seconds",
                    zh: "--wait 必须为 1 至 600 秒"))
        }
    }

    func run() async throws {
        let client = try config.client().asPOS
        let body = Body(
            amount: Money(amount)?.fen ?? 0, title: title, reference: reference,
            expiresIn: waitSeconds)
        // Before the prompt: from then on an interrupt cancels the payment.
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        let opened = try await client.call("POST", "/v1/payments", body: body)
            .decode(PaymentAnswer.self)
        if opened.state == "awaiting_card", !json.isOn {
            Terminal.say(
                PaymentWords.tap(opened.seq, Money(fen: opened.amount).description).text)
        }
        try Self.report(try await outcome(of: opened.seq, client, signals), asJSON: json.isOn)
    }

    /// Waits for the outcome; an interrupt cancels the payment while it waits for its card.
    private func outcome(
        of seq: String, _ client: AgentClient, _ signals: UnixSignalsSequence
    ) async throws -> AgentClient.Answer {
        try await withThrowingTaskGroup(of: AgentClient.Answer?.self) { group in
            group.addTask { try await Self.wait(for: seq, client) }
            group.addTask {
                for await _ in signals {
                    _ = try? await client.call("DELETE", "/v1/payments/\(seq)")
                    break
                }
                return nil
            }
            defer { group.cancelAll() }
            while let answer = try await group.next() {
                if let answer { return answer }
            }
            throw CommandFailure(.unreachable, PaymentWords.noOutcome(seq))
        }
    }

    private static func wait(
        for seq: String, _ client: AgentClient
    ) async throws -> AgentClient.Answer {
        while true {
            let answer = try await client.call(
                "GET", "/v1/payments/\(seq)?wait=30", patience: .seconds(40))
            let state = try answer.decode(PaymentAnswer.self).state
            if PaymentState(rawValue: state)?.isDecided ?? true { return answer }
        }
    }

    private static func report(_ answer: AgentClient.Answer, asJSON: Bool) throws {
        let payment = try answer.decode(PaymentAnswer.self)
        if asJSON {
            Terminal.say(String(decoding: answer.body, as: UTF8.self))
        } else {
            Terminal.say(PaymentWords.sentence(payment))
        }
        guard PaymentState(rawValue: payment.state)?.isApproved ?? false else {
            throw CommandFailure(.no)
        }
    }
}
