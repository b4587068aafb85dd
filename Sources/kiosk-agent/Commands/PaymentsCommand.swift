internal import ArgumentParser
internal import TerminalCore

/// `kiosk-agent payments`
struct PaymentsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "payments", abstract: "What happened, newest first.",
        discussion: Help.text(
            examples: "payments --state accepted,held", "payments show K0011700000000000"),
        subcommands: [
            List.self, Show.self, ReceiptCommand.self, Reverse.self, Submit.self, WriteOff.self,
        ],
        defaultSubcommand: List.self)

    /// `kiosk-agent payments list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Lists payments, newest first.",
            discussion: Help.text(
                examples: "payments list --since 2026-11-21 --limit 500",
                "payments list --state refused --json"))

        @Option(help: "Only these states, separated by commas.")
        var state: String?
        @Option(help: "Only since this moment: \(Moments.forms).")
        var since: String?
        @Option(help: "At most this many, 1 to 500.")
        var limit = 50
        @Option(help: "Go on after this one, as the end of the last list said.")
        var after: Int64?
        @OptionGroup var config: ConfigOption
        @OptionGroup var json: JSONFlag

        func validate() throws {
            if let state { try Checked.states(state) }
            if let since, Moments.parse(since) == nil {
                throw ValidationError("--since must be \(Moments.forms)")
            }
            guard (1...500).contains(limit) else {
                throw ValidationError("--limit must be 1 to 500")
            }
            guard after ?? 0 >= 0 else { throw ValidationError("--after must be 0 or more") }
        }

        func run() async throws {
            var query = Query()
            query.add("limit", limit)
            query.add("after", after)
            query.add("state", state)
            query.add("since", since.flatMap(Moments.parse))
            let answer = try await config.client().call("GET", "/v1/payments" + query.text)
            if json.isOn { return Terminal.say(String(decoding: answer.body, as: UTF8.self)) }
            Terminal.say(Self.text(try answer.decode(PaymentsAnswer.self)))
        }

        static func text(_ page: PaymentsAnswer) -> StyledText {
            if page.payments.isEmpty { return StyledText("no payments") }
            var table = TextTable(
                ["seq", "made", "state", "reason", "yuan", "card", "title"], amounts: ["yuan"],
                states: ["state"])
            for payment in page.payments {
                table.add([
                    payment.seq, Moments.text(payment.createdAt), payment.state,
                    payment.reason ?? "", Money(fen: payment.amount).description,
                    payment.card ?? "", payment.title,
                ])
            }
            guard let next = page.next else { return table.styled }
            return table.styled + StyledText("\nmore with --after \(next)")
        }
    }

    /// `kiosk-agent payments show SEQ`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Shows one payment and its whole history.",
            discussion: Help.text(examples: "payments show K0011700000000000"))

        @Argument var seq: String
        @OptionGroup var config: ConfigOption
        @OptionGroup var json: JSONFlag

        func validate() throws { try Checked.seq(seq) }

        func run() async throws {
            let answer = try await config.client().call("GET", "/v1/payments/\(seq)")
            if json.isOn { return Terminal.say(String(decoding: answer.body, as: UTF8.self)) }
            Terminal.say(Self.text(try answer.decode(PaymentAnswer.self)))
        }

        static func text(_ payment: PaymentAnswer) -> StyledText {
            var table = TextTable(["seq", payment.seq], overflow: .wrapped)
            let reason = StyledText(payment.reason.map { " (\($0))" } ?? "")
            table.add("state", Mark(state: payment.state).text() + reason)
            table.add(["amount", "\(Money(fen: payment.amount)) yuan"])
            table.add(["title", payment.title])
            if let reference = payment.reference { table.add(["reference", reference]) }
            if let card = payment.card { table.add(["card", card]) }
            table.add(["made", Moments.text(payment.createdAt)])
            table.add(["updated", Moments.text(payment.updatedAt)])
            if let told = payment.toldAt { table.add(["told", Moments.text(told)]) }
            table.add(["offline", payment.offline ? "yes" : "no"])
            table.add(["attempts", "\(payment.attempts)"])
            if let order = payment.order { table.add(["order", order]) }
            if let trade = payment.tradeId { table.add(["trade", trade]) }
            if let paid = payment.paidAmount { table.add(["paid", "\(Money(fen: paid)) yuan"]) }
            if let balance = payment.presentBalance {
                table.add(["balance", "\(Money(fen: balance)) yuan"])
            }
            guard let history = payment.history else { return table.styled }
            return table.styled + StyledText("\n\n") + lines(history, of: payment.seq)
        }

        /// The order numbers have a column of their own once one was renewed.
        private static func lines(_ history: [PaymentAnswer.Change], of seq: String) -> StyledText {
            let isRenewed = history.contains { $0.order != seq }
            var table = TextTable(
                ["when", "state", "reason", "by"] + (isRenewed ? ["order"] : []) + ["note"],
                states: ["state"], overflow: .wrapped)
            for change in history {
                table.add(
                    [Moments.text(change.at), change.to, change.reason ?? "", change.by]
                        + (isRenewed ? [change.order] : []) + [change.note ?? ""])
            }
            return table.styled
        }
    }

    /// `kiosk-agent payments reverse SEQ`
    struct Reverse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reverse",
            abstract: "Undoes an approved payment at the platform, or cancels a waiting one.",
            discussion: Help.text(
                """
                A declined payment can be undone, too, while it is in doubt whose order stands \
                under its number: see reconcile. Another card's order is never touched.
                """,
                examples: "payments reverse K0011700000000000 --why \"paid twice\""))

        @Argument var seq: String
        @Option(help: "The reason, for the payment's history.")
        var why: String?
        @OptionGroup var config: ConfigOption

        func validate() throws { try Checked.seq(seq) }

        func run() async throws {
            let answer = try await config.client().call(
                "DELETE", "/v1/payments/\(seq)",
                body: OperatorsBody(why: why, by: Operator.userName))
            Terminal.say(PaymentWords.sentence(try answer.decode(PaymentAnswer.self)))
        }
    }
}
