import OAuth
import Testing

@Suite("A secret")
struct SecretTests {
    private static let secret = Secret("q1LQuI8C4CI")

    private static func printed<T>(_ value: T) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return [
            "\(value)", String(describing: value), String(reflecting: value), "\([value])", dumped,
        ]
    }

    @Test("is never printed, alone or inside of a token or a grant")
    func neverPrinted() {
        let token = Token(access: Self.secret, refresh: Self.secret, card: Self.secret)
        let texts =
            Self.printed(Self.secret) + Self.printed(token) + Self.printed(Grant.card(Self.secret))
        for text in texts {
            #expect(!text.contains("q1LQuI8C4CI"))
            #expect(text.contains("<secret>"))
        }
    }

    @Test("shows itself when asked by name")
    func exposed() {
        #expect(Self.secret.exposed == "q1LQuI8C4CI")
    }
}
