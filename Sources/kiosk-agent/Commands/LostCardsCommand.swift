internal import ArgumentParser
internal import TerminalCore

/// `kiosk-agent lost-cards`
struct LostCardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lost-cards", abstract: "The local list of lost cards.",
        discussion: Help.text(examples: "lost-cards", "lost-cards add 04A23B1C5D6E80"),
        subcommands: [List.self, Add.self, Remove.self, Import.self], defaultSubcommand: List.self)

    private struct CardBody: Encodable { var card: String }

    private struct ListAnswer: Decodable {
        struct Entry: Decodable {
            var card: String
            var source: String
            var addedAt: Int64
        }

        var cards: [Entry]
        var total: Int
        var next: String?
        var list: LostListAnswer?
    }

    /// `kiosk-agent lost-cards list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Prints the list with the source of each entry.",
            discussion: Help.text(examples: "lost-cards list --limit 1000"))

        @Option(help: "At most this many entries, 1 to 1000.")
        var limit = 100
        @Option(help: "Leave out so many entries at the beginning.")
        var after = 0
        @OptionGroup var config: ConfigOption
        @OptionGroup var json: JSONFlag

        func validate() throws {
            guard (1...1_000).contains(limit) else {
                throw ValidationError(UsageWords.between("--limit", 1, 1_000))
            }
            guard after >= 0 else { throw ValidationError(UsageWords.zeroOrMore("--after")) }
        }

        func run() async throws {
            let answer = try await config.client().call(
                "GET", "/v1/lost-cards?limit=\(limit)&after=\(after)")
            if json.isOn { return Terminal.say(String(decoding: answer.body, as: UTF8.self)) }
            Terminal.say(try text(try answer.decode(ListAnswer.self)))
        }

        private func text(_ list: ListAnswer) throws -> String {
            if list.total == 0 { return LostCardsWords.none.text }
            let heads = [TableWords.card, TableWords.source, TableWords.since]
            var table = TextTable(heads.map(\.text))
            for entry in list.cards {
                table.add([
                    entry.card, TableWords.origin(entry.source).text, Moments.text(entry.addedAt),
                ])
            }
            let imported = list.list.map { "\n" + LostCardsWords.imported($0).text } ?? ""
            let rest = list.next.map { "\n" + TableWords.more($0, of: list.total).text } ?? ""
            return table.text + imported + rest
        }
    }

    /// `kiosk-agent lost-cards add CARD`
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Refuses a card here, online too.",
            discussion: Help.text(examples: "lost-cards add 04A23B1C5D6E80"))

        @Argument var card: String
        @OptionGroup var config: ConfigOption

        func validate() throws { _ = try Checked.card(card) }

        func run() async throws {
            let number = try Checked.card(card)
            _ = try await config.client().call(
                "POST", "/v1/lost-cards/add", body: CardBody(card: number.exposed))
            Terminal.say(LostCardsWords.added(number.masked).text)
        }
    }

    /// `kiosk-agent lost-cards remove CARD`
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Lifts what `add` did.",
            discussion: Help.text(examples: "lost-cards remove 04A23B1C5D6E80"))

        @Argument var card: String
        @OptionGroup var config: ConfigOption

        func validate() throws { _ = try Checked.card(card) }

        func run() async throws {
            let number = try Checked.card(card)
            _ = try await config.client().call(
                "POST", "/v1/lost-cards/remove", body: CardBody(card: number.exposed))
            Terminal.say(LostCardsWords.removed(number.masked).text)
        }
    }

    /// `kiosk-agent lost-cards import FILE`
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Replaces the imported list by a file's lines.",
            discussion: Help.text(
                """
                One card number a line; empty lines and lines that begin with # are skipped. \
                Before the first card, "# version: TEXT" names the list and "# cards: N" says how \
                many lines with a card follow. The old list stays in force until the new one is \
                whole.
                """,
                examples: "lost-cards import lost.txt"))

        @Argument var file: String
        @OptionGroup var config: ConfigOption

        func run() async throws {
            let client = try config.client()
            let bar = ProgressBar(ProgressWords.sending)
            let pieces = try FilePieces(file) { done, total in
                bar.show(Int(done / 1_024), of: Int(total / 1_024))
            }
            do {
                let answer = try await client.upload(
                    pieces, to: "/v1/lost-cards/import", patience: .seconds(900))
                bar.end()
                let list = try answer.decode(LostListAnswer.self)
                Terminal.say(LostCardsWords.imported(list).text)
            } catch let failure as CommandFailure where failure.text.hasPrefix("line ") {
                bar.end()
                throw CommandFailure(
                    failure.code, failure.phrase.map { Phrase(verbatim: "\(file): ") + $0 })
            }
        }
    }
}

/// What the commands about lost cards say to people.
private enum LostCardsWords {
    static let none = Phrase(en: "no lost cards", zh: "没有挂失卡")

    static func added(_ card: String) -> Phrase {
        Phrase(en: "\(card) is refused from now on", zh: "从现在起拒绝 \(card)")
    }

    static func removed(_ card: String) -> Phrase {
        Phrase(
            en: "\(card) is not refused by this list any more", zh: "本名单不再拒绝 \(card)")
    }

    static func imported(_ list: LostListAnswer) -> Phrase {
        Phrase(en: "imported: \(list.phrase.en)", zh: "已导入：\(list.phrase.zh)")
    }
}
