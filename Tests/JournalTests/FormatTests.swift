import Foundation
import Journal
import TerminalCore
import TerminalTesting
import Testing

@Suite("The format of a journal") struct FormatTests {
    @Test("an export is this text")
    func literal() throws {
        #expect(try JournalBench.lines(1).joined() == Self.export)
    }

    @Test("what is written is read again, every member of it")
    func roundTrip() throws {
        var payment = JournalBench.payment(1, state: .reversing)
        payment.reference = "till 4 \u{1F35C} \"\\/\n"
        payment.decision = .refuse(.cardLost)
        payment.reason = .interrupted
        (payment.attempts, payment.unresolved, payment.inFlight) = (3, 2, true)
        payment.sentAt = Sample.start + .seconds(3)
        payment.toldAt = Sample.start + .seconds(4)
        (payment.tradeID, payment.paidAmount) = ("T1", Money(fen: 900))
        (payment.balance, payment.revision) = (Money(fen: -5), 4)
        var bytes: [UInt8] = []
        var writer = try JournalWriter(
            key: JournalBench.key, header: JournalBench.header, head: &bytes)
        bytes += try writer.payment(payment, change: nil)
        bytes += try writer.end()
        let journal = try JournalBench.read(String(decoding: bytes, as: UTF8.self))
        #expect(journal.payments == [payment])
        #expect(journal.header == JournalBench.header)
        #expect(journal.tornLine == nil)
    }

    @Test("the last line of a payment counts, at the place of its first")
    func latest() throws {
        var bytes: [UInt8] = []
        var writer = try JournalWriter(
            key: JournalBench.key, header: JournalBench.header, head: &bytes)
        let (one, two) = (JournalBench.payment(1), JournalBench.payment(2))
        let settled = JournalBench.payment(1, state: .settled)
        for payment in [one, two, settled] {
            bytes += try writer.payment(payment, change: 1)
        }
        bytes += try writer.end()
        let journal = try JournalBench.read(String(decoding: bytes, as: UTF8.self))
        #expect(journal.payments == [settled, two])
    }

    @Test(
        "a value that is not allowed is named by its line, although it is signed",
        arguments: ["seq", "amount", "order"])
    func invalid(member: String) throws {
        var payment = JournalBench.payment(1)
        switch member {
        case "seq": payment.seq = "K001-1"
        case "amount": payment.amount = Money(fen: 0)
        default: payment.order = "K0021"
        }
        var bytes: [UInt8] = []
        var writer = try JournalWriter(
            key: JournalBench.key, header: JournalBench.header, head: &bytes)
        bytes += try writer.payment(JournalBench.payment(0), change: nil)
        bytes += try writer.payment(payment, change: nil)
        bytes += try writer.end()
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(throws: JournalError.invalid(line: 3)) { try JournalBench.read(text) }
    }

    @Test("no error and no description holds a card number")
    func secrecy() {
        let errors: [JournalError] = [
            .unreadable("x"), .unwritable("x"), .notAJournal, .otherVersion(2), .wrongKey,
            .damaged(line: 1), .altered(line: 2), .invalid(line: 3), .unfinished(lines: 4),
            .tooMany(lines: 5),
        ]
        for error in errors {
            #expect(error.description.components(separatedBy: " — ").count == 3)
            #expect(!error.description.contains("CARD"))
        }
    }

    /// Made by another program: HKDF and HMAC of Python's standard library over its own JSON.
    static let export = #"""
        {"client_id":"test","created_at":1767614400000,"format":"kiosk-agent journal","kind":"ex\#
        port","platform":"pass.example.com","terminal":"K001","version":1,"mac":"be0ff3e09048f40\#
        ba1a9d418cbd00224c7363fabf980b5f941d45f9839c9e455"}
        {"amount":1500,"attempts":0,"card":"CARD0000","change":7,"client_id":"test","created_at"\#
        :1767614400000,"decision":"approve","expires_at":1767614460000,"in_flight":false,"kind":\#
        "payment","offline":true,"order":"K0011767614400000","platform":"pass.example.com","reas\#
        on":"platform_unreachable","revision":1,"seq":"K0011767614400000","state":"accepted","ti\#
        tle":"Lunch","unresolved":0,"updated_at":1767614400000,"mac":"d4490e52c2831a07b3335649cd\#
        8020f9cc5afca2386ab87a1c875e76827918e5"}
        {"count":1,"kind":"end","mac":"8f1ab82a6a6dfd299df1f38d90985cf2b32238b1687afa7e84e61b828\#
        60fdf59"}

        """#
}
