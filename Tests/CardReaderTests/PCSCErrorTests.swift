import Testing

@testable import CardReader

@Suite("PC/SC errors tell what happened")
struct PCSCErrorTests {
    @Test(
        "an error has an English text and its C name",
        arguments: [
            (
                0x8010_001D as UInt32, "SCARD_E_NO_SERVICE",
                "the smart card service is not running (SCARD_E_NO_SERVICE)"
            ),
            (
                0x8010_006A, "SCARD_W_SECURITY_VIOLATION",
                "pcscd does not allow this user in (SCARD_W_SECURITY_VIOLATION)"
            ),
            (
                0x8010_000B, "SCARD_E_SHARING_VIOLATION",
                "another program holds the card (SCARD_E_SHARING_VIOLATION)"
            ),
            (
                0x8010_0066, "SCARD_W_UNRESPONSIVE_CARD",
                "the card does not answer (SCARD_W_UNRESPONSIVE_CARD)"
            ),
        ])
    func text(code: UInt32, name: String, text: String) {
        let error = PCSCError(rawValue: code)
        #expect(error.name == name)
        #expect("\(error)" == text)
    }

    @Test("a code that no header names is shown as a number")
    func unknownCode() {
        #expect("\(PCSCError(rawValue: 0x8010_00FF))" == "unknown PC/SC error 0x801000FF")
        #expect(PCSCError(rawValue: 0x8010_00FF).name == nil)
    }

    @Test("a code is the same error whether C gives it in 64 or in 32 signed bits")
    func widths() {
        #expect(PCSCError(code: 0x8010_001D) == .noService)
        #expect(PCSCError(code: Int(Int32(bitPattern: 0x8010_001D))) == .noService)
    }

    @Test("what kills a context asks for a new one, what concerns a card does not")
    func newContext() {
        for error in [PCSCError.noService, .serviceStopped, .invalidHandle, .communication] {
            #expect(error.needsNewContext)
        }
        for error in [PCSCError.removedCard, .resetCard, .sharingViolation, .unknownReader] {
            #expect(!error.needsNewContext)
        }
    }

    @Test("without pcscd the advice is to start it")
    func advice() {
        #expect(PCSCError.noService.advice?.contains("systemctl start pcscd.socket") == true)
        #expect(PCSCError.removedCard.advice == nil)
    }
}
