import Foundation
import TerminalCore
import Testing

@testable import Settings

@Suite("The sources of values")
struct SourcesTests {
    private func value(_ key: String, in loaded: LoadedSettings) -> KeyValue? {
        loaded.values.first { $0.key.path == key }
    }

    @Test("each value knows where it came from")
    func origins() throws {
        let loaded = try Sample.load(
            Sample.minimal + "sync:\n  concurrency: 4\n  retry_min: 2s\n",
            environment: ["KIOSK_SYNC_RETRY_MIN": "3s"])
        let concurrency = try #require(value("sync.concurrency", in: loaded))
        #expect(concurrency.origin == .file(line: 4))
        #expect(concurrency.shown == "4")
        let retry = try #require(value("sync.retry_min", in: loaded))
        #expect(retry.origin == .environment("KIOSK_SYNC_RETRY_MIN"))
        #expect(retry.shown == "3s")
        let most = try #require(value("sync.retry_max", in: loaded))
        #expect(most.origin == .defaultValue)
        #expect(most.shown == "5m")
        #expect(loaded.settings.sync.retryMin == .seconds(3))
        #expect(loaded.settings.sync.concurrency == 4)
    }

    @Test("a variable sets a list by commas, and null by null or nothing")
    func environment() throws {
        let settings = try Sample.load(environment: [
            "KIOSK_API_ALLOWED_ORIGINS": "https://a.example, https://b.example",
            "KIOSK_PAYMENT_TITLE": "", "KIOSK_PAYMENT_FIXED_AMOUNT": "null", "PATH": "/bin",
        ]).settings
        #expect(settings.api.allowedOrigins == ["https://a.example", "https://b.example"])
        #expect(settings.payment.fixedAmount == nil)
    }

    @Test("a wrong value names its variable")
    func wrongVariable() {
        let text = Sample.description(
            Sample.minimal, environment: ["KIOSK_SYNC_CONCURRENCY": "many"])
        #expect(
            text == "KIOSK_SYNC_CONCURRENCY: sync.concurrency: \"many\" is not a whole number in "
                + "decimal digits — allowed: 1 to 64")
    }

    @Test("an unknown variable is an error that keeps its value to itself")
    func unknownVariable() {
        let text = Sample.description(
            Sample.minimal, environment: ["KIOSK_PLATFORM_CLIENT_SECERT": "hunter2"])
        #expect(
            text == "KIOSK_PLATFORM_CLIENT_SECERT: is not a known variable — "
                + "did you mean KIOSK_PLATFORM_CLIENT_SECRET?")
        #expect(Sample.problems(environment: ["KIOSK_FISH": "1"]).count == 1)
    }

    @Test("a map cannot be set by a variable")
    func mapVariable() {
        let problems = Sample.problems(environment: ["KIOSK_PAYMENT_SCHEDULE": "[]"])
        #expect(problems.map(\.what.en) == ["cannot be set by a variable"])
        #expect(problems.map(\.key) == ["payment.schedule"])
    }

    @Test("the file is read from disk")
    func file() throws {
        let directory = try TemporaryDirectory()
        try directory.write(Sample.minimal, to: "config.yaml")
        let loaded = try SettingsLoader.load(
            file: directory.path + "/config.yaml", environment: [:])
        #expect(loaded.settings.terminal.id == "K001")
    }

    @Test("a missing file says how to make one")
    func missingFile() throws {
        let error = #expect(throws: ConfigurationError.self) {
            try SettingsLoader.load(file: "/nowhere/config.yaml", environment: [:])
        }
        #expect(
            error?.description == "/nowhere/config.yaml: does not exist — "
                + "write it after examples/config.yaml, or name another file with --config")
    }

    @Test("a directory, a huge file and bytes that are no text are errors")
    func unreadableFiles() throws {
        let directory = try TemporaryDirectory()
        let huge = String(repeating: "#", count: SettingsLoader.bytesMax + 1)
        try directory.write(huge, to: "huge")
        try directory.write(Data([0xC3, 0x28]), to: "bytes")
        let cases = [("", "cannot be read"), ("huge", "is longer"), ("bytes", "is not UTF-8 text")]
        for (name, what) in cases {
            let error = #expect(throws: ConfigurationError.self) {
                try SettingsLoader.load(file: "\(directory.path)/\(name)", environment: [:])
            }
            #expect(error?.description.contains(what) == true)
        }
    }

    @Test("a byte order mark at the start is no part of the text")
    func byteOrderMark() throws {
        #expect(try Sample.load("\u{FEFF}" + Sample.minimal).settings.terminal.id == "K001")
    }
}

/// A directory that goes with its owner.
final class TemporaryDirectory {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "settings-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false)
    }

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    func write(_ data: Data, to name: String) throws {
        try data.write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
