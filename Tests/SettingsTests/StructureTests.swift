import TerminalCore
import Testing

@testable import Settings

@Suite("The shape of the file")
struct StructureTests {
    @Test(
        "an unknown key is an error with a hint",
        arguments: [
            ("sync.concurency: 8", "sync.concurency", "did you mean sync.concurrency?"),
            ("sync: {concurency: 8}", "sync.concurency", "did you mean sync.concurrency?"),
            ("snyc: {concurrency: 8}", "snyc", "did you mean sync?"),
            ("tap_timeout: 3s", "tap_timeout", "did you mean payment.tap_timeout?"),
            ("log: {elephants: 3}", "log.elephants", "allowed: level, format"),
            ("<<: {a: b}", "<<", "allowed: terminal, platform"),
        ])
    func unknownKey(_ line: String, _ key: String, _ remedy: String) {
        let problems = Sample.problems(adding: line + "\n")
        #expect(problems.map(\.key) == [key])
        #expect(problems.first?.what.en == "is not a known key")
        #expect(problems.first?.remedy.en.hasPrefix(remedy) == true)
    }

    @Test("a section may be empty, and so may be all of its keys' lines")
    func emptySection() throws {
        _ = try Sample.load(adding: "scanner:\nlog: {}\n")
    }

    @Test("a section that is no map is an error", arguments: ["log: info", "log: [level]"])
    func noMap(_ line: String) {
        let problems = Sample.problems(adding: line + "\n")
        #expect(problems.map(\.key) == ["log"])
        #expect(problems.first?.remedy.en == "allowed: level, format")
    }

    @Test("an empty file lacks all that must be given", arguments: ["", "# nothing\n", "---\n"])
    func emptyFile(_ text: String) {
        #expect(
            Sample.problems(text).map(\.key) == [
                "terminal.id", "platform.client_id", "platform.client_secret",
            ])
    }

    @Test("a key that is there twice is an error with its place")
    func duplicateKey() {
        let text = "terminal:\n  id: K001\n  name: A\n  id: K002\n"
        #expect(
            Sample.description(text)
                == "\(Sample.file):2:3: \"id\" is there twice — remove one of the two")
    }

    @Test("a key with dots and the same in its section are there twice")
    func duplicatePath() {
        let problems = Sample.problems(adding: "sync: {concurrency: 4}\nsync.concurrency: 8\n")
        #expect(problems.map(\.what.en) == ["is there twice"])
    }

    @Test("a status code that is there twice is an error, quoted or not")
    func duplicateStatus() {
        let line = "platform.refusal_reasons: {402: card_lost, \"402\": card_lost}\n"
        #expect(Sample.problems(adding: line).map(\.what.en) == ["has 402 twice"])
    }

    @Test(
        "malformed YAML is an error with its place",
        arguments: ["a: [1\nb: 2\n", "a: b: c\n", "\ta: b\n", "a: \"b\n", "a: *b\n", "a\n---\nb\n"])
    func malformed(_ text: String) {
        let problems = Sample.problems(text)
        #expect(problems.count == 1)
        #expect(problems.first?.what.en.hasPrefix("this is not YAML: ") == true)
        #expect((problems.first?.place.line ?? 0) > 0)
    }

    @Test("nesting without end is an error, not a crash")
    func nesting() {
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(Sample.problems(adding: "payment.schedule: \(deep)\n").count == 1)
        let deeper = String(repeating: "[", count: 100_000)
        #expect(Sample.problems(adding: "payment.schedule: \(deeper)\n").count == 1)
    }

    @Test("all that is wrong is reported at once, in the order of the file")
    func allAtOnce() {
        let text = """
            terminal: {id: "K-1"}
            sync:
              concurrency: 0
              retry_min: soon
            fish: 1
            """
        let environment = ["KIOSK_LOG_LEVEL": "loud", "KIOSK_FISH": "1"]
        let lines = Sample.description(text, environment: environment).split(separator: "\n")
        let starts = [
            "\(Sample.file):1:16: terminal.id: \"K-1\" is not a terminal id",
            "\(Sample.file):3:16: sync.concurrency: \"0\" is out of range — allowed: 1 to 64",
            "\(Sample.file):4:14: sync.retry_min: \"soon\" has no unit",
            "\(Sample.file):5:1: fish: is not a known key",
            "KIOSK_FISH: is not a known variable",
            "\(Sample.file): platform.client_id: is missing",
            "\(Sample.file): platform.client_secret: is missing",
            "KIOSK_LOG_LEVEL: log.level: \"loud\" is not one of the words",
        ]
        #expect(lines.count == starts.count)
        for (line, start) in zip(lines, starts) { #expect(line.hasPrefix(start)) }
    }

    @Test("a long wrong value is cut short")
    func longValue() {
        let value = String(repeating: "9", count: 1_000)
        let text = Sample.description(Sample.minimal + "sync.concurrency: \(value)\n")
        #expect(text.count < 200)
    }
}
