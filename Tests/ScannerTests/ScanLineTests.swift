import Testing

@testable import Scanner

/// A script is `milliseconds:what came`, one after the other; `?` stands for something illegible.
@Suite("What a scanner sent becomes a text, whole or not at all")
struct ScanLineTests {
    private static func outcomes(of script: String) -> [String] {
        var line = ScanLine()
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
