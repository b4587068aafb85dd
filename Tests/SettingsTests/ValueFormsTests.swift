import TerminalCore
import Testing

@testable import Settings

@Suite("The forms of values")
struct ValueFormsTests {
    /// A key, a value as YAML, and a part of what is said about it.
    static let wrong: [(key: String, value: String, what: String)] = [
        ("terminal.name", "\"\"", "is empty"),
        ("terminal.name", "\" lane\"", "begins or ends with a space"),
        ("terminal.name", "\"a\\nb\"", "holds a control character"),
        ("terminal.name", "[a]", "is a list where a single value is wanted"),
        ("terminal.name", "{a: b}", "is a map where a single value is wanted"),
        ("terminal.language", "de", "\"de\" is not one of the words — allowed: zh, en"),
        ("terminal.language", "ZH", "is not one of the words"),
        ("sync.concurrency", "0", "\"0\" is out of range — allowed: 1 to 64"),
        ("sync.concurrency", "65", "is out of range"),
        ("sync.concurrency", "0100", "begins with 0"),
        ("sync.concurrency", "1_000", "is not a whole number"),
        ("sync.concurrency", "0x10", "is not a whole number"),
        ("sync.concurrency", "1:30", "is not a whole number"),
        ("sync.concurrency", "+8", "is not a whole number"),
        ("sync.concurrency", "-8", "is not a whole number"),
        ("sync.concurrency", "8.0", "is not a whole number"),
        ("sync.concurrency", "99999999999999999999", "is out of range"),
        ("sync.concurrency", "", "is empty where a single value is wanted"),
        ("sync.concurrency", "null", "is empty where a single value is wanted"),
        ("payment.fixed_amount", "0", "is out of range"),
        ("payment.fixed_amount", "12.50", "is not a whole number"),
        ("payment.fixed_amount", "100000001", "is out of range"),
        ("offline.payment_limit", "-1", "is not a whole number"),
        ("offline.enabled", "yes", "is neither true nor false"),
        ("offline.enabled", "True", "is neither true nor false"),
        ("offline.enabled", "1", "is neither true nor false"),
        ("sync.retry_min", "1", "has no unit"),
        ("sync.retry_min", "0", "has no unit"),
        ("sync.retry_min", "0s", "is out of range"),
        ("sync.retry_min", "1.5s", "is not a whole number"),
        ("sync.retry_min", "1 s", "is not a whole number"),
        ("sync.retry_min", "1w", "has no unit"),
        ("sync.retry_min", "1S", "has no unit"),
        ("sync.retry_min", "999999999999999d", "is out of range"),
        ("reader.name", "\"\"", "is empty"),
        ("ledger.path", "ledger.sqlite", "is not an absolute path"),
        ("ledger.mirror", "~/mirror", "is not an absolute path"),
        ("card_number.bytes", "first 11", "does not say which bytes"),
        ("card_number.bytes", "first +4", "does not say which bytes"),
        ("card_number.bytes", "4", "does not say which bytes"),
        ("card_number.width", "33", "is out of range"),
        ("card_number.apdus", "00A40000", "is a single value where a list is wanted"),
        ("card_number.apdus", "[00A400]", "is out of range"),
        ("card_number.apdus", "[00A4000]", "is not hex"),
        ("card_number.slice", "[]", "is a list where a map is wanted"),
        ("card_number.slice", "{response: 1, offset: 0, length: 8}", "has no \"as\""),
        ("card_number.slice", "{response: 0, offset: 0, length: 8, as: hex}", "is out of range"),
        ("card_number.slice", "{response: 1, offset: 0, length: 33, as: hex}", "is out of range"),
        (
            "card_number.slice", "{response: 1, offset: 0, length: 8, as: hex, of: 1}",
            "\"of\" is not known here"
        ),
        ("platform.refusal_reasons", "{500: balance_too_low}", "not the status of a definite no"),
        ("platform.refusal_reasons", "{404: card_unknown}", "not the status of a definite no"),
        ("platform.refusal_reasons", "{402: poor}", "is not one of the words"),
        ("platform.refusal_reasons", "{402: interrupted}", "is not one of the words"),
        ("log.level", "loud", "allowed: trace, debug, info, notice, warning, error, critical"),
    ]

    @Test("a wrong form is an error that says what is wrong", arguments: wrong)
    func refused(_ row: (key: String, value: String, what: String)) {
        let problems = Sample.problems(adding: "\(row.key): \(row.value)\n")
        #expect(problems.count == 1)
        let text = problems.first?.description ?? ""
        #expect(text.contains(row.key) && text.contains(row.what) && text.contains(" — allowed: "))
        #expect(problems.first?.place.line == 3)
    }

    @Test(
        "a wrong name of the terminal is an error",
        arguments: ["K-1", "K001K001K0011", "店", "\"\""])
    func terminalID(_ id: String) {
        let text = Sample.minimal.replacing("K001", with: id)
        #expect(Sample.problems(text).map(\.key) == ["terminal.id"])
    }

    @Test("digits are a fine name for a terminal: the key decides what a value is")
    func digitsAsText() throws {
        let text = Sample.minimal.replacing("K001", with: "0100")
        #expect(try Sample.load(text).settings.terminal.id == "0100")
    }

    @Test(
        "a duration is a number with its unit",
        arguments: [
            ("250ms", Duration.milliseconds(250)), ("90s", .seconds(90)), ("5m", .seconds(300)),
            ("1h", .seconds(3_600)), ("\"2s\"", .seconds(2)),
        ])
    func durations(_ text: String, _ expected: Duration) throws {
        let settings = try Sample.load(
            adding: "sync.retry_min: \(text)\nsync.retry_max: 1d\n")
        #expect(settings.sync.retryMin == expected)
        #expect(settings.sync.retryMax == .seconds(86_400))
    }

    @Test("0 alone is a duration where it means something", arguments: ["0", "0s"])
    func zero(_ text: String) throws {
        #expect(try Sample.load("payment.repeat_window", text).payment.repeatWindow == .zero)
        #expect(try Sample.load("offline.lost_list_max_age", text).offline.lostListMaxAge == nil)
    }

    @Test("the offline ages reach the policy")
    func offlineAges() throws {
        let settings = try Sample.load(
            adding: """
                offline: {known_cards_only: true, known_card_age: 7d, lost_list_max_age: 2d,
                  lost_card: submit, enabled: false}
                """)
        #expect(settings.offline.knownCardAge == .seconds(7 * 86_400))
        #expect(settings.offline.lostListMaxAge == .seconds(2 * 86_400))
        #expect(settings.lostCard == .submit)
        #expect(!settings.offline.enabled)
    }

    @Test("null in quotes is a text, and null without them is none")
    func null() throws {
        #expect(try Sample.load("payment.title", "\"null\"").payment.title == "null")
        #expect(try Sample.load("payment.title", "null").payment.title == "K001")
        #expect(try Sample.load("payment.title", "").payment.title == "K001")
    }
}
