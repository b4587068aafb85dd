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
        discussion: """
            Find the line whose number is printed on the card, and put its format into the section
            card_number of the configuration. The configured format is marked with *.
            """)

    @Option(help: "Stop after this many taps; 0 goes on.")
    var count = 0
    @OptionGroup var config: ConfigOption
    @OptionGroup var json: JSONFlag

    func validate() throws {
        guard count >= 0 else { throw ValidationError("--count must be 0 or more") }
    }

    func run() async throws {
        let settings = try readerSettings()
        let reader = CardReader(settings: settings)
        if !json.isOn { Terminal.say("tap a card (Ctrl-C ends)") }
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
            Terminal.toStandardError(
                "\(config.file) is not there; reading identifiers in the default format")
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
            Terminal.complain(error.description)
            return false
        case .service(available: false):
            Terminal.complain(
                "no card can be read — pcscd does not answer — "
                    + "start it: systemctl start pcscd.socket")
            return false
        case .readers(let names) where !json.isOn:
            Terminal.say(
                names.isEmpty ? "no reader" : "reading from " + names.joined(separator: ", "))
            return false
        default: return false
        }
    }

    static func text(_ tap: CardTap, _ reading: CardReading) -> String {
        guard let uid = tap.uid else { return "\(tap.number.exposed)  (from the card's file)" }
        var table = TextTable(["", "number", "format"])
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
