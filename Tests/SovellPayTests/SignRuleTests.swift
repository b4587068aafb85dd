import Crypto
import OAuth
import TerminalTesting
import Testing

@testable import SovellPay

/// The rule of the wire page, worked out here once more and in another way.
@Suite("The sign of a request, for any fields") struct SignRuleTests {
    private typealias Field = (name: String, value: String)

    @Test("is the MD5 of the sorted texts and the key", arguments: UInt64(0)..<100)
    func rule(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let fields = Self.fields(&random)
        let secret = Self.text(&random)
        let sign = Sign.make(fields, secret: Secret(secret))
        #expect(sign == Self.sign(fields, secret))
        #expect(Sign.make(fields.shuffled(using: &random), secret: Secret(secret)) == sign)
    }

    @Test("covers every field and the key", arguments: UInt64(0)..<50)
    func coverage(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let fields = Self.fields(&random)
        let sign = Sign.make(fields, secret: Secret("key"))
        #expect(Sign.make(fields, secret: Secret("Key")) != sign)
        for index in fields.indices {
            var changed = fields
            changed[index].value += "0"
            #expect(Sign.make(changed, secret: Secret("key")) != sign)
        }
    }

    /// Up to six fields, of which no two are alike but for the case of their letters: for those the
    /// wire page has no order.
    private static func fields(_ random: inout SeededGenerator) -> [Field] {
        var (found, seen): ([Field], Set<String>) = ([], [])
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            let field = (name: text(&random), value: text(&random))
            if seen.insert("\(field.name)=\(field.value)".lowercased()).inserted {
                found.append(field)
            }
        }
        return found
    }

    /// What a title may hold, and what a form or a query would escape; often nothing.
    private static func text(_ random: inout SeededGenerator) -> String {
        let letters = Array("abcXYZ019 +&=%/?#;,\"'\\-._~éÉ午餐茶😀\n\0")
        let count = Int.random(in: 0...8, using: &random)
        return String((0..<count).map { _ in letters.randomElement(using: &random) ?? "a" })
    }

    /// Sorts by insertion, and writes the digest by halves of bytes.
    private static func sign(_ fields: [Field], _ secret: String) -> String {
        var sorted: [String] = []
        for field in fields {
            let text = field.name + "=" + field.value
            let place = sorted.firstIndex { isBefore(text, $0) } ?? sorted.endIndex
            sorted.insert(text, at: place)
        }
        let signed = sorted.reduce("") { $0 + $1 + "&" } + "key=" + secret
        let digits = Array("0123456789abcdef")
        return Insecure.MD5.hash(data: Array(signed.utf8)).reduce("") { text, byte in
            text + String([digits[Int(byte / 16)], digits[Int(byte % 16)]])
        }
    }

    /// Whether `one` stands before `other`, both in lower case, character by character.
    private static func isBefore(_ one: String, _ other: String) -> Bool {
        let (left, right) = (
            one.lowercased().unicodeScalars.map(\.value),
            other.lowercased().unicodeScalars.map(\.value)
        )
        let differing = zip(left, right).first { $0 != $1 }
        return differing.map { $0.0 < $0.1 } ?? (left.count < right.count)
    }
}
