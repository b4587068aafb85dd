import Testing

@testable import Scanner

/// A script is `milliseconds:what came`, one after the other; `?` stands for something illegible.
@Suite("What a scanner sent becomes a text, whole or not at all")
struct ScanLineTests {
    /// The device was opened at `opened`, in milliseconds; a second before, if nothing is said.
    private static func outcomes(of script: String, opened: Int = -1_000) -> [String] {
        var line = ScanLine(openedAt: .milliseconds(opened))
        var found: [String] = []
        for step in script.split(separator: " ") {
            let parts = step.split(separator: ":", maxSplits: 1)
            let time = Duration.milliseconds(Int(parts[0]) ?? -1)
            for byte in parts[1].utf8 {
                let input: ScanInput = byte == UInt8(ascii: "?") ? .illegible : .character(byte)
                switch line.received(input, at: time) {
                case .scanned(let text): found.append(text.exposed)
                case .rejected(let reason): found.append(word(of: reason))
                case nil: break
                }
            }
        }
        return found
    }

    private static func word(of reason: RejectedScan) -> String {
        switch reason {
        case .tooLong: "!long"
        case .illegible: "!illegible"
        case .paused: "!paused"
        case .unterminated: "!unterminated"
        case .beginningMissing: "!beginning"
        }
    }

    @Test(
        "an end makes a text",
        arguments: [
            ("0:123\r", ["123"]), ("0:123\n", ["123"]), ("0:123\t", ["123"]),
            ("0:123\r\n 5:45\r\n", ["123", "45"]), ("0:1\r2\r", ["1", "2"]),
            ("0:\r\n\t", []), ("0:123", []),
            ("0:1 20:2 40:3 60:\r", ["123"]), ("0:1 300:2\r", ["12"]),
            ("0:~!\r", ["~!"]), ("0:1 9:\r 99999:2\r", ["1", "2"]),
        ])
    func ends(script: String, texts: [String]) {
        #expect(Self.outcomes(of: script) == texts)
    }

    @Test(
        "a part of a code does not pass for a code",
        arguments: [
            ("0:12 301:34\r", ["!paused"]),
            ("0:12 301:34 400:56\r7\r", ["!paused", "7"]),
            ("0:12 1999:34\r 2000:56\r", ["!paused", "56"]),
            ("0:12 301:\r", ["!paused"]),
            ("0:12 2000:34\r", ["!unterminated", "34"]),
            ("0:12 2000:\r", ["!unterminated"]),
            ("0:1?2\r3\r", ["!illegible", "3"]),
            ("0:?\r", ["!illegible"]), ("0:1\u{7F}\r", ["!illegible"]),
            ("0:1\u{1}\r", ["!illegible"]), ("0:é\r", ["!illegible"]),
            ("0:1? 2000:2\r", ["!illegible", "2"]),
            ("0:1? 500:2\r", ["!illegible"]),
        ])
    func parts(script: String, texts: [String]) {
        #expect(Self.outcomes(of: script) == texts)
    }

    @Test(
        "the rest of a code that was on its way at the opening does not pass for a code",
        arguments: [
            ("0:34\r", ["!beginning"]), ("300:34\r", ["!beginning"]),
            ("0:34\r5\r", ["!beginning", "5"]), ("0:3 20:4 40:\r 60:5\r", ["!beginning", "5"]),
            ("0:34 250:56\r 400:7\r", ["!beginning", "7"]),
            ("0:34 301:56\r 400:7\r", ["!beginning", "7"]),
            ("0:34 2000:56\r", ["!beginning", "56"]), ("0:34 2000:\r", ["!beginning"]),
            ("0:?4\r5\r", ["!beginning", "5"]), ("0:\u{1}\r5\r", ["!beginning", "5"]),
        ])
    func opening(script: String, texts: [String]) {
        #expect(Self.outcomes(of: script, opened: 0) == texts)
    }

    @Test(
        "the first whole code after the opening is taken",
        arguments: [
            ("301:12\r", ["12"]), ("1000:12\r", ["12"]), ("99999:1 100000:2\r", ["12"]),
            // The end of the code before it, whose characters nobody saw, is no scan.
            ("0:\r12\r", ["12"]), ("0:\n 10:12\r", ["12"]), ("300:\r\n12\r\n", ["12"]),
            ("0:\r", []), ("1000:?\r2\r", ["!illegible", "2"]),
        ])
    func firstScan(script: String, texts: [String]) {
        #expect(Self.outcomes(of: script, opened: 0) == texts)
    }

    @Test("the longest text is taken, a longer one is not")
    func lengths() {
        let longest = String(repeating: "7", count: 512)
        #expect(Self.outcomes(of: "0:\(longest)\r") == [longest])
        #expect(Self.outcomes(of: "0:\(longest)7\r8\r") == ["!long", "8"])
    }

    @Test("a text does not print itself")
    func secrecy() {
        let text = ScannedText(Array("SECRET7".utf8))
        var dumped = ""
        dump(text, to: &dumped)
        for shown in ["\(text)", String(reflecting: text), dumped, "\(ScanEvent.scanned(text))"] {
            #expect(!shown.contains("SECRET"))
        }
        #expect("\(text)" == "a scanned text of 7 characters")
    }
}
