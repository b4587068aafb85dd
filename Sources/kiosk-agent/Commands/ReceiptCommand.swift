internal import ArgumentParser
internal import TerminalCore

extension PaymentsCommand {
    /// `kiosk-agent payments receipt SEQ`
    struct ReceiptCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "receipt", abstract: "Prints the payer's receipt of one payment.",
            discussion: Help.text(
                """
                As plain text for a thermal printer, with only the end of the card's number. A \
                payment without an outcome has no receipt.
                """,
                examples: "payments receipt K0011700000000000",
                "payments receipt K0011700000000000 --width 48 > /dev/usb/lp0"))

        /// What its words are in.
        enum Language: String, CaseIterable, ExpressibleByArgument { case zh, en }

        @Argument var seq: String
        @Option(help: "The columns of the paper, 32 or 48.")
        var width = 32
        @Option(help: "The language; otherwise the terminal's.")
        var language: Language?
        @Flag(name: .customLong("copy"), help: "Says on it that it is a copy.")
        var isCopy = false
        @OptionGroup var config: ConfigOption
        @OptionGroup var json: JSONFlag

        func validate() throws {
            try Checked.seq(seq)
            guard Receipt.widths.contains(width) else {
                throw ValidationError(
                    Phrase(
                        en: "--width must be 32 or 48",
                        zh: "--width 必须为 32 或 48"))
            }
        }

        func run() async throws {
            var query = Query()
            query.add("format", json.isOn ? "json" : "text")
            query.add("width", width)
            query.add("language", language?.rawValue)
            query.add("copy", isCopy)
            let answer = try await config.client().call(
                "GET", "/v1/payments/\(seq)/receipt" + query.text)
            let text = String(decoding: answer.body, as: UTF8.self)
            Terminal.say(text.hasSuffix("\n") ? String(text.dropLast()) : text)
        }
    }
}
