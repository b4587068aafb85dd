internal import ArgumentParser

extension PaymentsCommand {
    /// `kiosk-agent payments submit SEQ`
    struct Submit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "submit", abstract: "Offers a held or rejected payment again.",
            discussion: Help.text(
                """
                The platform is asked first: what it has charged already is settled, and an order \
                that is dead there gets a fresh order number. A card that is lost is charged all \
                the same.
                """,
                examples: "payments submit K0011700000000000 --why \"card was found\""))

        @Argument var seq: String
        @Option(help: "The reason, for the payment's history.")
        var why: String?
        @OptionGroup var config: ConfigOption
        @OptionGroup var json: JSONFlag

        func validate() throws { try Checked.seq(seq) }

        func run() async throws {
            try await Decision(verb: "submit", states: ["accepted", "settled"]).carryOut(
                seq, why: why, config.client(), asJSON: json.isOn)
        }
    }

    /// `kiosk-agent payments write-off SEQ --why T`
    struct WriteOff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "write-off", abstract: "Closes a payment as a loss.",
            discussion: Help.text(
                """
                For a held or rejected payment, or for a reversal whose order the platform has \
                forgotten. The platform is asked first: what it has charged is settled instead, \
                and the command then ends with 1.
                """,
                examples: "payments write-off K0011700000000000 --why \"guest left\""))

        @Argument var seq: String
        @Option(help: "The reason, for the payment's history.")
        var why: String
        @OptionGroup var config: ConfigOption
        @OptionGroup var json: JSONFlag

        func validate() throws { try Checked.seq(seq) }

        func run() async throws {
            try await Decision(verb: "write-off", states: ["written_off", "reversed"]).carryOut(
                seq, why: why, config.client(), asJSON: json.isOn)
        }
    }
}

/// One decision as a call to the agent, and its outcome as an exit code.
private struct Decision {
    /// The end of the call's path.
    var verb: String
    /// The states that mean: as you said.
    var states: Set<String>

    /// Asking the platform takes longer than a look into the ledger.
    private static let patience = Duration.seconds(30)

    func carryOut(
        _ seq: String, why: String?, _ client: AgentClient, asJSON: Bool
    ) async throws {
        let answer = try await client.call(
            "POST", "/v1/payments/\(seq)/\(verb)",
            body: OperatorsBody(why: why, by: Operator.userName), patience: Self.patience)
        let payment = try answer.decode(PaymentAnswer.self)
        if asJSON {
            Terminal.say(String(decoding: answer.body, as: UTF8.self))
        } else {
            Terminal.say(PaymentWords.sentence(payment))
        }
        if !states.contains(payment.state) { throw CommandFailure(.no) }
    }
}
