internal import ArgumentParser
internal import Foundation
internal import TerminalCore

/// `kiosk-agent lost-cards`
struct LostCardsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lost-cards", abstract: "The local list of lost cards.",
        subcommands: [List.self, Add.self, Remove.self, Import.self], defaultSubcommand: List.self)

    private struct CardBody: Encodable { var card: String }
    private struct CardsBody: Encodable { var cards: [String] }

    private struct ListAnswer: Decodable {
        struct Entry: Decodable {
            var card: String
            var source: String
            var addedAt: Int64
        }

        var cards: [Entry]
    }

    /// `kiosk-agent lost-cards list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Prints the list with the source of each entry.")

        @OptionGroup var config: ConfigOption
        @OptionGroup var json: JSONFlag

        func run() async throws {
            let answer = try await config.client().call("GET", "/v1/lost-cards")
            if json.isOn { return Terminal.say(String(decoding: answer.body, as: UTF8.self)) }
            let cards = try answer.decode(ListAnswer.self).cards
            if cards.isEmpty { return Terminal.say("no lost cards") }
            var table = TextTable(["card", "source", "since"])
            for entry in cards {
                table.add([entry.card, entry.source, Moments.text(entry.addedAt)])
            }
            Terminal.say(table.text)
        }
    }

    /// `kiosk-agent lost-cards add CARD`
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Refuses a card here, online too.")

        @Argument var card: String
        @OptionGroup var config: ConfigOption

        func run() async throws {
            let number = try number(card)
            _ = try await config.client().call(
                "POST", "/v1/lost-cards/add", body: CardBody(card: number.exposed))
            Terminal.say("\(number.masked) is refused from now on")
        }
    }

    /// `kiosk-agent lost-cards remove CARD`
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "remove", abstract: "Lifts what `add` did.")

        @Argument var card: String
        @OptionGroup var config: ConfigOption

        func run() async throws {
            let number = try number(card)
            _ = try await config.client().call(
                "POST", "/v1/lost-cards/remove", body: CardBody(card: number.exposed))
            Terminal.say("\(number.masked) is not refused by this list any more")
        }
    }

    /// `kiosk-agent lost-cards import FILE`
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Replaces the imported list by a file's lines.",
            discussion:
                "One card number a line; empty lines and lines that begin with # are skipped.")

        @Argument var file: String
        @OptionGroup var config: ConfigOption

        func run() async throws {
            let cards = try Self.cards(in: file)
            _ = try await config.client().call(
                "POST", "/v1/lost-cards/import", body: CardsBody(cards: cards),
                patience: .seconds(120))
            Terminal.say("\(cards.count) cards imported")
        }

        private static func cards(in file: String) throws -> [String] {
            guard let data = FileManager.default.contents(atPath: file) else {
                throw CommandFailure(
                    .data, "\(file) cannot be read — it is missing or not readable")
            }
            var cards: [String] = []
            for (index, line) in String(decoding: data, as: UTF8.self)
                .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated()
            {
                let text = line.trimmingCharacters(in: .whitespaces)
                if text.isEmpty || text.hasPrefix("#") { continue }
                guard (try? CardNumber(text)) != nil else {
                    throw CommandFailure(
                        .data, "\(file):\(index + 1): this is no card number — nothing was imported"
                    )
                }
                cards.append(text)
            }
            return cards
        }
    }
}

private func number(_ text: String) throws -> CardNumber {
    do {
        return try CardNumber(text)
    } catch {
        throw ValidationError("CARD must be 1 to 64 of A-Z a-z 0-9 . _ : -")
    }
}
