import Testing

@testable import TerminalCore

@Suite("A code that is good once")
struct OneTimeCodeTests {
    @Test(
        "printable ASCII without a space at either end is a code",
        arguments: ["1", "424242", "a b", "https://example.com/?a=1&b=%2F", "~"])
    func taken(text: String) {
        #expect(OneTimeCode(.qr, text)?.exposed == text)
    }

    @Test(
        "anything else is none",
        arguments: ["", " ", " 1", "1 ", "1\n", "1\u{7F}", "午", String(repeating: "1", count: 513)])
    func refused(text: String) {
        #expect(OneTimeCode(.sms, text) == nil)
    }

    @Test("its text is in no description")
    func hidden() throws {
        let code = try #require(OneTimeCode(.sms, "424242"))
        var dumped = ""
        dump(Payer.code(code), to: &dumped)
        for text in ["\(code)", String(reflecting: code), dumped, Payer.code(code).masked] {
            #expect(!text.contains("424242"), "\(text)")
        }
    }

    @Test("only a payment without a card that was begun is by code")
    func byCode() throws {
        for state in PaymentState.allCases {
            var payment = try Payment.sample(state)
            #expect(!payment.isByCode)
            payment.card = nil
            #expect(payment.isByCode == ![.awaitingCard, .cancelled].contains(state))
        }
    }
}
