internal import ArgumentParser
internal import CardReader
internal import FoundationEssentials
internal import Settings
internal import TerminalCore

/// `kiosk-agent read`
struct ReadCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read",
        abstract: "Prints card numbers as they are tapped, in every common format.",
        discussion: Help.text(
            """
            Find the line whose number is printed on the card, and put its format into the section
            card_number of the configuration. The configured format is marked with *.
            """,
            examples: "read", "read --count 1 --json"))

    @Option(help: "Stop after this many taps; 0 goes on.")
    var count = 0
    @OptionGroup var config: ConfigOption
    @OptionGroup var json: JSONFlag

    func validate() throws {
        guard count >= 0 else { throw ValidationError(UsageWords.zeroOrMore("--count")) }
    }

    func run() async throws {
        let settings = try readerSettings()
        let reader = CardReader(settings: settings)
        if !json.isOn { Terminal.say(ReadWords.tap.text) }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await reader.run() }
            var left = count
            for await event in reader.events where show(event, settings.reading) {
                left -= 1
                if left == 0 { break }
            }
            group.cancelAll()
        }
    }

    /// The configured reading; the plain identifier while there is no configuration yet.
    private func readerSettings() throws -> ReaderSettings {
        if config.isAbsent {
            Terminal.toStandardError(ReadWords.unconfigured(config.file).text)
            return ReaderSettings()
        }
        let settings = try config.settings()
        return ReaderSettings(
            namePattern: settings.reader.name, reading: settings.cardReading)
    }

    /// Prints an event; true when it was a tap.
    private func show(_ event: CardEvent, _ reading: CardReading) -> Bool {
        switch event {
        case .tapped(let tap):
            Terminal.say(json.isOn ? Self.json(tap, reading) : Self.text(tap, reading))
            return true
        case .failed(let error, _):
            Terminal.complain(error.phrase)
            return false
        case .service(available: false):
            Terminal.complain(ReadWords.noService)
            return false
        case .readers(let names) where !json.isOn:
            let list = names.joined(separator: ", ")
            Terminal.say((names.isEmpty ? ReadWords.noReader : ReadWords.from(list)).text)
            return false
        default: return false
        }
    }

    static func text(_ tap: CardTap, _ reading: CardReading) -> String {
        guard let uid = tap.uid else { return ReadWords.ofFile(tap.number.exposed).text }
        var table = TextTable(
            ["", TableWords.number.text, TableWords.format.text], overflow: .wrapped)
        for (format, isConfigured) in formats(reading) {
            guard let number = try? format.number(of: uid) else { continue }
            table.add([isConfigured ? "*" : "", number.exposed, format.summary])
        }
        return table.text
    }

    private static func formats(_ reading: CardReading) -> [(CardNumberFormat, Bool)] {
        guard case .uid(let configured) = reading else {
            return CardNumberFormat.common.map { ($0, false) }
        }
        let others = CardNumberFormat.common.filter { $0 != configured }
        return [(configured, true)] + others.map { ($0, false) }
    }

    static func json(_ tap: CardTap, _ reading: CardReading) -> String {
        struct Line: Encodable {
            struct Format: Encodable {
                var number: String
                var format: String
                var configured: Bool
            }

            var reader: String
            var number: String
            var uid: String?
            var formats: [Format]
        }
        let all = tap.uid.map { uid in
            formats(reading).compactMap { format, isConfigured in
                (try? format.number(of: uid)).map {
                    Line.Format(
                        number: $0.exposed, format: format.summary, configured: isConfigured)
                }
            }
        }
        let line = Line(
            reader: tap.reader, number: tap.number.exposed,
            uid: tap.uid.map { HexText.encode($0.bytes) }, formats: all ?? [])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(line)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}

/// What `kiosk-agent read` says to people.
private enum ReadWords {
    static let tap = Phrase(en: "tap a card (Ctrl-C ends)", zh: "请刷卡（Ctrl-C 结束）")
    static let noReader = Phrase(en: "no reader", zh: "没有读卡器")
    static let noService = Phrase(
        en: "no card can be read — pcscd does not answer — "
            + "start it: systemctl start pcscd.socket",
        zh: "无法读卡 — pcscd 没有响应 — 请启动：systemctl start pcscd.socket")

    static func ofFile(_ number: String) -> Phrase {
        Phrase(en: "\(number)  (from the card's file)", zh: "\(number)  （取自卡内文件）")
    }

    static func from(_ names: String) -> Phrase {
        Phrase(en: "reading from \(names)", zh: "正在读取 \(names)")
    }

    static func unconfigured(_ file: String) -> Phrase {
        Phrase(
            en: "\(file) is not there; reading identifiers in the default format",
            zh: "\(file) 不存在；按默认格式读取卡片标识")
    }
}
