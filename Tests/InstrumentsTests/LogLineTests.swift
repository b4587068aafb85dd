import Foundation
import Instruments
import TerminalTesting
import Testing

@Suite("A line of the log") struct LogLineTests {
    private static func line(_ event: String, _ members: [String: String] = [:]) -> LogLine {
        LogLine(
            at: 1_767_614_400_000, time: "2026-01-05T20:00:00+08:00", level: "warning",
            event: event, members: members)
    }

    @Test("for people: time, level, event, then the members by name")
    func text() {
        let line = Self.line(
            "payment",
            ["seq": "K0011767614400000", "state": "held", "why": "card \"lost\"\nsaid", "none": ""])
        #expect(
            line.text == #"""
                2026-01-05T20:00:00+08:00 warning payment none="" seq=K0011767614400000 \#
                state=held why="card \"lost\"\nsaid"
                """#)
        let plain = Self.line("the agent has stopped").text
        #expect(plain == "2026-01-05T20:00:00+08:00 warning the agent has stopped")
    }

    @Test("for collectors: one JSON object, whose own members win")
    func json() {
        let line = Self.line("payment", ["seq": "K0011", "at": "noon", "path": "C:\\a\u{7}"])
        #expect(
            line.json == #"""
                {"at":1767614400000,"level":"warning","message":"payment",\#
                "path":"C:\\a\u0007","seq":"K0011"}
                """#)
    }

    @Test("whatever is in it, it is one line, and valid JSON", arguments: UInt64(1)...200)
    func oneLine(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let (event, name, value) = (text(&random), text(&random), text(&random))
        let line = Self.line(event, ["m" + name: value])
        for text in [line.text, line.json] {
            #expect(text.unicodeScalars.allSatisfy { !Self.ends.contains($0) }, "\(text)")
        }
        let read = try JSONSerialization.jsonObject(with: Data(line.json.utf8)) as? [String: Any]
        #expect(read?["message"] as? String == event)
        #expect(read?["m" + name] as? String == value)
        #expect(read?["at"] as? Int == 1_767_614_400_000)
    }

    /// What a program may take for the end of a line.
    private static let ends: Set<Unicode.Scalar> = [
        "\n", "\r", "\u{B}", "\u{C}", "\u{1C}", "\u{1D}", "\u{1E}", "\u{85}", "\u{2028}",
        "\u{2029}",
    ]

    private func text(_ random: inout SeededGenerator) -> String {
        let scalars: [Unicode.Scalar] =
            Array(Self.ends).sorted() + ["\"", "\\", "=", " ", "\u{0}", "\u{1B}", "\u{301}", "卡"]
        let count = Int.random(in: 0...6, using: &random)
        let picked = (0..<count).map { _ in scalars.randomElement(using: &random) ?? "a" }
        return String(String.UnicodeScalarView(picked))
    }
}
