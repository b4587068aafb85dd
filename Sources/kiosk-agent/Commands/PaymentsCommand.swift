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
        @Option(help: "Only since this moment: \(Moments.forms.en).")
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
                throw ValidationError(UsageWords.moment("--since"))
            }
            guard (1...500).contains(limit) else {
                throw ValidationError(UsageWords.between("--limit", 1, 500))
            }
            guard after ?? 0 >= 0 else {
                throw ValidationError(UsageWords.zeroOrMore("--after"))
            }
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
            if page.payments.isEmpty { return StyledText(TableWords.noPayments.text) }
            let heads = [
                TableWords.seq, TableWords.made, TableWords.state, TableWords.reason,
                TableWords.yuan, TableWords.card, TableWords.title,
            ]
            var table = TextTable(
                heads.map(\.text), amounts: [TableWords.yuan.text],
                states: [TableWords.state.text])
            for payment in page.payments {
                table.add([
                    payment.seq, Moments.text(payment.createdAt), payment.state,
                    payment.reason.map { PaymentWords.reason($0).text } ?? "",
                    Money(fen: payment.amount).description,
                    payment.card ?? "", payment.title,
                ])
            }
            guard let next = page.next else { return table.styled }
            return table.styled + StyledText("\n" + TableWords.more(next).text)
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
            var table = TextTable([TableWords.seq.text, payment.seq], overflow: .wrapped)
            let reason = payment.reason.map { " (\(PaymentWords.reason($0).text))" } ?? ""
            table.add(
                TableWords.state.text, Mark(state: payment.state).text() + StyledText(reason))
            for (name, value) in facts(payment) {
                if let value { table.add([name.text, value]) }
            }
            guard let history = payment.history else { return table.styled }
            return table.styled + StyledText("\n\n") + lines(history, of: payment.seq)
        }

        /// Nil is left out.
        private static func facts(_ payment: PaymentAnswer) -> [(name: Phrase, value: String?)] {
            func yuan(_ fen: Int64) -> String {
                TableWords.sum(Money(fen: fen).description).text
            }
            let told = payment.toldAt.map { Moments.text($0) }
            let paid = payment.paidAmount.map { yuan($0) }
            let balance = payment.presentBalance.map { yuan($0) }
            return [
                (TableWords.amount, yuan(payment.amount)), (TableWords.title, payment.title),
                (TableWords.reference, payment.reference), (TableWords.card, payment.card),
                (TableWords.made, Moments.text(payment.createdAt)),
                (TableWords.updated, Moments.text(payment.updatedAt)),
                (TableWords.told, told),
                (TableWords.offline, TableWords.yesOrNo(payment.offline).text),
                (TableWords.attempts, "\(payment.attempts)"), (TableWords.order, payment.order),
                (TableWords.trade, payment.tradeId), (TableWords.paid, paid),
                (TableWords.balance, balance),
            ]
        }

        /// The order numbers have a column of their own once one was renewed.
        private static func lines(_ history: [PaymentAnswer.Change], of seq: String) -> StyledText {
            let isRenewed = history.contains { $0.order != seq }
            let heads =
                [TableWords.when, TableWords.state, TableWords.reason, TableWords.by]
                + (isRenewed ? [TableWords.order] : []) + [TableWords.note]
            var table = TextTable(
                heads.map(\.text), states: [TableWords.state.text], overflow: .wrapped)
            for change in history {
                let reason = change.reason.map { PaymentWords.reason($0).text } ?? ""
                let actor = TableWords.actor(change.by).text
                table.add(
                    [Moments.text(change.at), change.to, reason, actor]
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
