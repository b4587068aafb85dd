internal import TerminalCore

/// The keys of the configuration, section by section; ``KeyTable`` lists them all.
enum Keys {}

extension Keys {
    enum Terminal {
        static let id = Key(
            required: "terminal.id", .terminalID, standIn: "",
            about: "names this terminal and begins every order number")
        static let name = Key<String?>(
            "terminal.name", as: .orNull(.text()), default: "null", .reloadable,
            about: "what people call this terminal; null = terminal.id")
        static let language = Key(
            "terminal.language", ScalarType<Settings.Terminal.Language>.word, default: "zh",
            .reloadable, about: "the language of the payer's page and of the commands")

        static let rows = [id.row, name.row, language.row]
    }

    enum Reader {
        static let source = Key(
            "reader.source", ScalarType<Settings.Reader.Source>.word, default: "pcsc",
            about: "real readers, or taps through the local interface")
        static let name = Key(
            "reader.name", .glob, default: "\"*\"", about: "which readers are used, by name")

        static let rows = [source.row, name.row]
    }

    enum Scanner {
        static let device = Key<String?>(
            "scanner.device", as: .orNull(.path()), default: "null",
            about: "a hidraw or keyboard-emulating barcode scanner")
        static let serial = Key<String?>(
            "scanner.serial", as: .orNull(.path()), default: "null",
            about: "a serial barcode scanner")

        static let rows = [device.row, serial.row]
    }

    enum Log {
        static let level = Key(
            "log.level", ScalarType<Settings.Log.Level>.word, default: "info", .reloadable,
            about: "the least important messages that are logged")
        static let format = Key(
            "log.format", ScalarType<Settings.Log.Format>.word, default: "text",
            about: "lines for people or for programs")

        static let rows = [level.row, format.row]
    }
}
