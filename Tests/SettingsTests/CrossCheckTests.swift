import TerminalCore
import Testing

@testable import Settings

@Suite("What belongs together")
struct CrossCheckTests {
    @Test(
        "values that contradict each other are errors",
        arguments: [
            (
                "platform.decision_deadline: 500ms", "platform.decision_deadline",
                "is shorter than platform.connect_timeout"
            ),
            (
                "sync: {retry_min: 10m, retry_max: 5m}", "sync.retry_min",
                "is longer than sync.retry_max"
            ),
            (
                "ledger: {path: /tmp/l, keep: 29d}", "ledger.keep",
                "is shorter than sync.order_memory"
            ),
            (
                "payment: {mode: fixed, fixed_amount: null}", "payment.fixed_amount",
                "is null while payment.mode is fixed and payment.schedule is empty"
            ),
            (
                "ledger: {mirror_required: true}", "ledger.mirror_required",
                "is true without a ledger.mirror"
            ),
        ])
    func contradictions(_ text: String, _ key: String, _ what: String) {
        let problems = Sample.problems(adding: text + "\n")
        #expect(problems.map(\.key) == [key])
        #expect(problems.map(\.what.en) == [what])
        #expect(problems.first?.place.line == 3)
    }

    @Test("a value that is wrong in itself is not compared")
    func wrongValuesAreLeftOut() {
        let problems = Sample.problems(adding: "sync: {retry_min: soon, retry_max: 100ms}\n")
        #expect(problems.map(\.key) == ["sync.retry_min"])
    }

    @Test("a file on the card needs commands and a slice of one of their answers")
    func cardFile() throws {
        let both = Sample.problems(adding: "card_number: {source: apdu}\n").map(\.key)
        #expect(both == ["card_number.apdus", "card_number.slice"])
        let card = """
            card_number:
              source: apdu
              apdus: [00A4040007 A0000002471001, "00B0000010"]
              slice: {response: 2, offset: 4, length: 8, as: bcd}

            """
        let expected = CardFile(
            commands: [
                [0x00, 0xA4, 0x04, 0x00, 0x07, 0xA0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01],
                [0x00, 0xB0, 0x00, 0x00, 0x10],
            ],
            slice: .init(response: 2, offset: 4, length: 8, kind: .bcd))
        #expect(try Sample.load(adding: card).cardReading == .file(expected))
        let third = Sample.problems(adding: card.replacing("response: 2", with: "response: 3"))
        #expect(third.map(\.what.en) == ["names response 3 of 2"])
    }

    @Test("there may be no more commands than the card room takes")
    func commandsMax() {
        let list = Array(repeating: "00B00000", count: CardFile.commandsMax + 1)
        let text = "card_number.apdus: [\(list.joined(separator: ", "))]\n"
        #expect(Sample.problems(adding: text).map(\.what.en) == ["has 17 entries"])
    }

    @Test("the format of an identifier is taken over whole")
    func format() throws {
        let settings = try Sample.load(
            adding: """
                card_number: {encoding: decimal, byte_order: reversed, case: lower, width: 10,
                  bytes: first 4}
                """)
        let format = CardNumberFormat(
            encoding: .decimal, byteOrder: .reversed, letterCase: .lower, width: 10,
            bytes: .first(4))
        #expect(settings.cardReading == .uid(format))
    }
}

@Suite("The schedule")
struct ScheduleTests {
    private func text(_ entries: String...) -> String {
        "payment: {mode: fixed, title: Meal, schedule: [\(entries.joined(separator: ", "))]}\n"
    }

    private let lunch = "{from: \"10:30\", to: \"13:30\", amount: 1500, title: Lunch}"

    @Test("is put into the order of the day, and lends its titles")
    func loads() throws {
        let breakfast = "{from: \"00:00\", to: \"10:30\", amount: 800}"
        let night = "{from: \"13:30\", to: \"24:00\", amount: 900, title: null}"
        let payment = try Sample.load(adding: text(lunch, breakfast, night)).payment
        #expect(
            payment.schedule == [
                .init(from: 0, to: 630, amount: Money(fen: 800), title: "Meal"),
                .init(from: 630, to: 810, amount: Money(fen: 1_500), title: "Lunch"),
                .init(from: 810, to: 1_440, amount: Money(fen: 900), title: "Meal"),
            ])
    }

    @Test("is enough for fixed mode without a fixed amount")
    func withoutFixedAmount() throws {
        let line = text(lunch).replacing("mode: fixed", with: "mode: fixed, fixed_amount: null")
        #expect(try Sample.load(adding: line).payment.fixedAmount == nil)
    }

    @Test(
        "has no overlaps",
        arguments: [
            "{from: \"13:29\", to: \"14:00\", amount: 1}",
            "{from: \"09:00\", to: \"10:31\", amount: 1}",
            "{from: \"11:00\", to: \"12:00\", amount: 1}",
            "{from: \"00:00\", to: \"24:00\", amount: 1}",
            "{from: \"10:30\", to: \"13:30\", amount: 1}",
        ])
    func overlaps(_ second: String) {
        let problems = Sample.problems(adding: text(lunch, second))
        #expect(problems.map(\.key) == ["payment.schedule[2]"])
        #expect(problems.map(\.what.en) == ["overlaps with entry 1"])
    }

    @Test(
        "has entries that are whole and right",
        arguments: [
            ("{from: \"9:30\", to: \"10:00\", amount: 1}", ".from", "is not a time of the day"),
            ("{from: \"24:01\", to: \"24:00\", amount: 1}", ".from", "is out of range"),
            ("{from: \"10:60\", to: \"11:00\", amount: 1}", ".from", "is out of range"),
            ("{from: \"13:00\", to: \"13:00\", amount: 1}", "", "ends before it begins"),
            ("{from: \"14:00\", to: \"13:00\", amount: 1}", "", "ends before it begins"),
            ("{from: \"10:00\", to: \"11:00\"}", "", "has no \"amount\""),
            ("{from: \"10:00\", to: \"11:00\", amount: 0}", ".amount", "is out of range"),
            ("{from: \"10:00\", to: \"11:00\", amount: 15.00}", ".amount", "is not a whole"),
            ("{from: \"10:00\", to: \"11:00\", amount: 1, day: 1}", "", "is not known here"),
            ("lunch", "", "is a single value where a map is wanted"),
        ])
    func entries(_ entry: String, _ member: String, _ what: String) {
        let problems = Sample.problems(adding: text(entry))
        #expect(problems.map(\.key) == ["payment.schedule[1]" + member])
        #expect(problems.first?.what.en.hasPrefix(what) == true)
    }

    @Test("reports what is wrong in every entry")
    func everyEntry() {
        let problems = Sample.problems(adding: text("{}", "{from: x, to: y, amount: z}"))
        #expect(problems.count == 6)
    }
}
