import TerminalCore
import Testing

@testable import CardReader

@Suite("A read that failed is tried again while that can help")
struct ReadAttemptsTests {
    @Test(
        "a card that is gone is looked for until pcscd must have noticed",
        arguments: [PCSCError.removedCard, .noCard])
    func removed(error: PCSCError) {
        var attempts = ReadAttempts()
        for milliseconds in stride(from: 0, to: 1000, by: 50) {
            let step = attempts.failed(error, spent: .milliseconds(milliseconds))
            #expect(step == .again(after: ReadAttempts.gonePause))
            let after = attempts.failed(.communication, spent: .milliseconds(milliseconds))
            #expect(after == .again(after: ReadAttempts.gonePause))
        }
        #expect(attempts.failed(error, spent: .seconds(1)) == .giveUp(.removed))
    }

    @Test(
        "a reset card, a broken exchange or a restarted pcscd is tried five times",
        arguments: [
            PCSCError.resetCard, .communication, .noService, .invalidHandle,
            PCSCError(rawValue: 0x8010_0016), PCSCError(rawValue: 0x8010_0066),
        ])
    func transient(error: PCSCError) {
        var attempts = ReadAttempts()
        for _ in 1..<ReadAttempts.failuresMax {
            #expect(attempts.failed(error, spent: .zero) == .again(after: ReadAttempts.pause))
        }
        #expect(attempts.failed(error, spent: .zero) == .giveUp(.reader("\(error)")))
    }

    @Test("a card held by another program is waited for, but not for ever")
    func held() {
        var attempts = ReadAttempts()
        for milliseconds in stride(from: 0, to: 2000, by: 50) {
            let step = attempts.failed(.sharingViolation, spent: .milliseconds(milliseconds))
            #expect(step == .again(after: ReadAttempts.heldPause))
        }
        #expect(
            attempts.failed(.sharingViolation, spent: .seconds(2)) == .giveUp(.heldByOtherProgram))
    }

    @Test(
        "what the next try would only repeat is given up at once",
        arguments: [
            PCSCError.securityViolation, .unknownReader, .readerUnavailable,
            PCSCError(rawValue: 0x8010_0008),
        ])
    func final(error: PCSCError) {
        var attempts = ReadAttempts()
        #expect(attempts.failed(error, spent: .zero) == .giveUp(.reader("\(error)")))
    }
}
