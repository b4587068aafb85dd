import TerminalTesting
import Testing

@testable import Scanner

@Suite("Keys become characters")
struct KeyboardTests {
    private static func text(_ inputs: [ScanInput]) -> String {
        inputs.map { input in
            switch input {
            case .character(let byte): String(decoding: [byte], as: UTF8.self)
            case .illegible: "?"
            }
        }.joined()
    }

    /// What the reports type; each is `modifiers key key …`, in hexadecimal.
    private static func typed(_ reports: [String]) -> String {
        var keyboard = HIDKeyboard()
        return reports.map { text(keyboard.received(Recording.report($0))) }.joined()
    }

    @Test(
        "reports of a keyboard",
        arguments: [
            (["02 04", "00", "00 05", "00", "00 1E", "00", "00 28", "00"], "Ab1\r"),
            // The right Shift; a digit twice, with and without a report between.
            (["20 1F", "20", "00 1F", "00", "00 1F"], "@22"), (["00 1F", "00 1F"], "2"),
            // Two keys in one report, and one that stays down.
            (["00 04 05", "00 05 06", "00"], "abc"),
            // The keypad.
            (["00 59", "00", "00 62", "00", "00 58"], "10\r"),
            // Control and Alt, Caps Lock, an arrow, a key that no table has.
            (["01 04", "00", "04 59", "00", "00 39", "00", "00 4F", "00", "00 FF"], "?????"),
            // Too many keys are down; what was down before still is.
            (["00 04", "00 01 01 01 01 01 01", "00 04", "00", "00 05"], "a?b"),
        ])
    func reports(reports: [String], text: String) {
        #expect(Self.typed(reports) == text)
    }

    @Test("a report may have a number before it; other lengths are of other things")
    func reportLengths() {
        var keyboard = HIDKeyboard()
        let numbered = [1] + Recording.report("02 04")
        #expect(keyboard.received(numbered) == [.character(UInt8(ascii: "A"))])
        #expect(keyboard.received([]) == [])
        #expect(keyboard.received([2, 0, 0x04]) == [])
        #expect(keyboard.received([UInt8](repeating: 4, count: 64)) == [])
    }

    /// What the events type; each is `code` of a key that goes down and up, `+code` or `-code` of
    /// one that does only one of both, `=code` of a key that repeats, `S` for the end of a report,
    /// `D` for lost events.
    private static func keyed(_ events: String) -> String {
        var keyboard = EventKeyboard()
        let size = 24
        return text(keyboard.received(Recording.events(events, size: size), size: size))
    }

    @Test(
        "events of a keyboard",
        arguments: [
            ("+42 30 -42 S 48 S 2 S 28 S", "Ab1\r"), ("+54 3 -54 3 3", "@22"),
            ("+42 +54 -42 16 -54 16", "Qq"), ("30 =30 =30", "a"),
            // The keypad, its Enter and its slash.
            ("71 82 96 98", "70\r/"),
            // Control, Alt and Meta; Caps Lock, an arrow, a mouse button.
            ("+29 30 -29 +100 30 -100 +125 30 -125 30", "???a"), ("58 105 272", "???"),
            // Events were lost: the rest of that report is not to be trusted.
            ("30 D 48 S 46", "a?c"), ("+42 D S 30", "?a"),
        ])
    func events(events: String, text: String) {
        #expect(Self.keyed(events) == text)
    }

    @Test("both kinds of keyboard type all of printable ASCII, the end of a text, and no more")
    func completeness() {
        let wanted = Set(UInt8(0x20)...0x7E).union([0x0D, 0x09])
        for (map, keys) in [(KeyMap.usages, 0...255), (KeyMap.eventCodes, 0...767)] {
            let typed = keys.flatMap { key in
                [false, true].compactMap { isShifted -> UInt8? in
                    guard case .character(let byte) = map.input(key: key, isShifted: isShifted)
                    else { return nil }
                    return byte
                }
            }
            #expect(Set(typed) == wanted)
        }
    }

    /// Linux's code of the first key, HID's usages, what is typed without and with Shift.
    @Test("the rows of a US keyboard", arguments: [false, true])
    func rows(isShifted: Bool) {
        let rows: [(code: Int, usages: [Int], typed: [String])] = [
            (
                2, Array(0x1E...0x27) + [0x2D, 0x2E],
                ["1234567890-=", "!@#$%^&*()_+"]
            ),
            (
                16, [0x14, 0x1A, 0x08, 0x15, 0x17, 0x1C, 0x18, 0x0C, 0x12, 0x13, 0x2F, 0x30],
                ["qwertyuiop[]", "QWERTYUIOP{}"]
            ),
            (
                30, [0x04, 0x16, 0x07, 0x09, 0x0A, 0x0B, 0x0D, 0x0E, 0x0F, 0x33, 0x34, 0x35],
                ["asdfghjkl;'`", "ASDFGHJKL:\"~"]
            ),
            (
                43, [0x31, 0x1D, 0x1B, 0x06, 0x19, 0x05, 0x11, 0x10, 0x36, 0x37, 0x38],
                ["\\zxcvbnm,./", "|ZXCVBNM<>?"]
            ),
        ]
        for row in rows {
            let byCode = row.usages.indices.map {
                KeyMap.eventCodes.input(key: row.code + $0, isShifted: isShifted)
            }
            let byUsage = row.usages.map { KeyMap.usages.input(key: $0, isShifted: isShifted) }
            #expect(Self.text(byCode) == row.typed[isShifted ? 1 : 0])
            #expect(Self.text(byUsage) == row.typed[isShifted ? 1 : 0])
        }
    }

    @Test("whatever bytes come, what comes out is a bounded text of printable ASCII")
    func noise() {
        var generator = SeededGenerator(seed: 20_261_121)
        var decoders: [ScanDecoder] = [
            .reports(HIDKeyboard()), .events(EventKeyboard()), .characters,
        ]
        var line = ScanLine(openedAt: .zero)
        var texts = 0
        for turn in 0..<30_000 {
            let bytes = (0..<Int.random(in: 0...64, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            for input in decoders[turn % decoders.count].received(bytes) {
                guard case .scanned(let text) = line.received(input, at: .milliseconds(turn))
                else { continue }
                texts += 1
                let isSound = text.exposed.utf8.allSatisfy { (0x20...0x7E).contains($0) }
                #expect(isSound && (1...512).contains(text.exposed.utf8.count))
            }
        }
        #expect(texts > 0)
    }
}
