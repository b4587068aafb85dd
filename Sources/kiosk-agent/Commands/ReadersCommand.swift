internal import ArgumentParser
internal import CardReader
internal import TerminalCore

/// `kiosk-agent readers`
struct ReadersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readers", abstract: "Lists readers and what is in them.")

    func run() async throws {
        let readers: [ReaderState]
        do {
            readers = try await ReaderList.list()
        } catch {
            let advice = error.advice ?? "run kiosk-agent doctor"
            throw CommandFailure(
                .unreachable, "the readers cannot be listed — \(error.description) — \(advice)")
        }
        guard !readers.isEmpty else {
            throw CommandFailure(
                .no, "no card reader — pcscd runs but sees none — plug one in, or run doctor")
        }
        var table = TextTable(["reader", "card", "answer to reset"])
        for reader in readers {
            let card = reader.isHeld ? "held by another program" : reader.hasCard ? "yes" : "no"
            table.add([reader.name, card, HexText.encode(reader.atr)])
        }
        Terminal.say(table.text)
    }
}
