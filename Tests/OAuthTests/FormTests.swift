import TerminalTesting
import Testing

@testable import OAuth

@Suite("A form body")
struct FormTests {
    @Test(
        "every byte but the unreserved is escaped",
        arguments: [
            ("", ""), ("aZ09-._~", "aZ09-._~"), (" ", "%20"), ("+", "%2B"), ("&", "%26"),
            ("=", "%3D"), ("/", "%2F"), ("%", "%25"), ("card/001", "card%2F001"),
            ("午餐", "%E5%8D%88%E9%A4%90"), ("é", "%C3%A9"), ("😀", "%F0%9F%98%80"),
            ("\r\n", "%0D%0A"), ("\0", "%00"), ("\"<>#?", "%22%3C%3E%23%3F"),
        ])
    func escaping(text: String, escaped: String) {
        #expect(Form.encode(text) == escaped)
    }

    @Test("fields keep their order, and may be empty or repeated")
    func fields() {
        var form = Form([("b", "1"), ("a", "")])
        form.add("b", "2 & 3")
        form.add("", "=")
        #expect(form.encoded == "b=1&a=&b=2%20%26%203&=%3D")
        #expect(Form().encoded == "")
    }

    @Test("what any seed encodes is decoded to the same", arguments: UInt64(0)..<100)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let fields = (0..<Int.random(in: 1...6, using: &random)).map { _ in
            (Self.text(&random), Self.text(&random))
        }
        let decoded = Self.decode(Form(fields).encoded)
        #expect(decoded.map(\.0) == fields.map(\.0))
        #expect(decoded.map(\.1) == fields.map(\.1))
    }

    @Test("what any seed encodes, the reader of callbacks reads", arguments: UInt64(0)..<50)
    func read(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let values = (0..<6).map { _ in Self.text(&random) }
        let form = Form(values.enumerated().map { ("&=+ \($0.offset)", $0.element) })
        let fields = try FormFields(Substring(form.encoded))
        for (index, value) in values.enumerated() {
            #expect(try fields.value("&=+ \(index)") == value)
        }
    }

    private static func text(_ random: inout SeededGenerator) -> String {
        let letters = Array("abcXYZ019 +&=%/?#;,\"'-._~é午餐😀\n\0")
        return String(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in
                letters.randomElement(using: &random) ?? "a"
            })
    }

    /// A decoder after the URL standard, which also reads `+` as a space.
    private static func decode(_ body: String) -> [(String, String)] {
        body.split(separator: "&", omittingEmptySubsequences: false).map { pair in
            let cut = pair.firstIndex(of: "=") ?? pair.endIndex
            return (unescape(pair[..<cut]), unescape(pair[cut...].dropFirst()))
        }
    }

    private static func unescape(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                let digits = String(decoding: rest.prefix(2), as: UTF8.self)
                bytes.append(UInt8(digits, radix: 16) ?? 0xFF)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
