internal import ArgumentParser
internal import CardReader
internal import TerminalCore

/// `kiosk-agent readers`
struct ReadersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readers", abstract: "Lists readers and what is in them.",
        discussion: Help.text(examples: "readers"))

    func run() async throws {
        let readers: [ReaderState]
        do {
            readers = try await ReaderList.list()
        } catch {
            throw CommandFailure(
                .unreachable,
                ServiceWords.notListed(error.phrase, cure: error.cure ?? ServiceWords.runDoctor))
        }
        guard !readers.isEmpty else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "no card reader — pcscd runs but sees none — plug one in, or run doctor",
                    zh: "没有读卡器 — pcscd 在运行但未发现读卡器 — 请插入读卡器，或运行 doctor"))
        }
        let heads = [StatusWords.reader, TableWords.card, TableWords.answerToReset]
        var table = TextTable(heads.map(\.text), overflow: .wrapped)
        for reader in readers {
            let card = reader.isHeld ? TableWords.held : TableWords.yesOrNo(reader.hasCard)
            table.add([reader.name, card.text, HexText.encode(reader.atr)])
        }
        Terminal.say(table.text)
    }
}
