import Testing

@testable import TerminalCore

/// The window of all scripts is 3 s; times are milliseconds of uptime.
@Suite("The session at the counter")
struct SessionTests {
    @Test("a POS asks, a card pays, the outcome is shown once, the counter is free again")
    func requested() throws {
        let script = """
            0 request = open
            1 opened S1 = waiting S1, paying 0
            500 tap A r1 = pay S1
            501 started S1 A = waiting -, paying 1
            900 decided S1 = show
            901 decided S1 = -
            950 request = open
            """
        #expect(try SessionScript.played(script, mode: .requested) == script)
    }

    @Test("a second request is busy, while the first is written and while it waits")
    func busy() throws {
        let script = """
            0 request = open
            1 request = busy -
            2 opened S1 = waiting S1, paying 0
            3 request = busy S1
            4 ended S1 = ended
            5 request = open
            6 opening-failed = waiting -, paying 0
            7 request = open
            """
        #expect(try SessionScript.played(script, mode: .requested) == script)
    }

    @Test("while one payment is under way the next one may be asked for, and paid by another card")
    func nextInLine() throws {
        let script = """
            0 request = open
            1 opened S1 = waiting S1, paying 0
            2 tap A r1 = pay S1
            3 started S1 A = waiting -, paying 1
            4 request = open
            5 opened S2 = waiting S2, paying 1
            6 tap A r2 = still paying
            7 tap B r2 = pay S2
            8 started S2 B = waiting -, paying 2
            9 decided S2 = show
            10 decided S1 = show
            """
        #expect(try SessionScript.played(script, mode: .requested) == script)
    }

    @Test("a tap without a payment pays nothing, and does not use the card up")
    func nothingToPay() throws {
        let script = """
            0 tap A r1 = nothing to pay
            1 request = open
            2 tap A r1 = nothing to pay
            3 opened S1 = waiting S1, paying 0
            4 tap A r1 = pay S1
            """
        #expect(try SessionScript.played(script, mode: .requested) == script)
    }

    @Test("a waiting payment ends once, and not after its tap")
    func ended() throws {
        let script = """
            0 ended S1 = -
            1 request = open
            2 ended S1 = -
            3 opened S1 = waiting S1, paying 0
            4 ended S0 = -
            5 ended S1 = ended
            6 ended S1 = -
            7 request = open
            8 opened S2 = waiting S2, paying 0
            9 tap A r1 = pay S2
            10 ended S2 = -
            """
        #expect(try SessionScript.played(script, mode: .requested) == script)
    }

    @Test("in fixed mode each tap pays and nothing can be asked for")
    func fixed() throws {
        let script = """
            0 request = fixed mode
            1 tap A r1 = pay fixed
            2 tap B r2 = pay fixed
            3 started S1 A = waiting -, paying 2
            4 started S2 B = waiting -, paying 2
            5 request = fixed mode
            6 decided S1 = show
            7 decided S2 = show
            """
        #expect(try SessionScript.played(script, mode: .fixed) == script)
    }

    @Test("the window runs from the outcome when the card left before it")
    func windowFromOutcome() throws {
        let script = """
            0 tap A r1 = pay fixed
            1 started S1 A = waiting -, paying 1
            2 tap A r1 = still paying
            100 removed r1 = waiting -, paying 1
            4000 tap A r1 = still paying
            4100 removed r1 = waiting -, paying 1
            5000 decided S1 = show
            7999 tap A r1 = repeated
            8000 removed r1 = waiting -, paying 0
            11000 tap A r1 = pay fixed
            """
        #expect(try SessionScript.played(script, mode: .fixed) == script)
    }

    @Test("the window runs from the removal when the outcome came before it")
    func windowFromRemoval() throws {
        let script = """
            0 tap A r1 = pay fixed
            1 started S1 A = waiting -, paying 1
            1000 decided S1 = show
            5000 removed r1 = waiting -, paying 0
            7999 tap A r1 = repeated
            8500 removed r1 = waiting -, paying 0
            11500 tap A r1 = pay fixed
            """
        #expect(try SessionScript.played(script, mode: .fixed) == script)
    }

    @Test("a card that is left lying pays once, however long it lies")
    func leftLying() throws {
        let script = """
            0 tap A r1 = pay fixed
            1 started S1 A = waiting -, paying 1
            1000 decided S1 = show
            600000 tap A r1 = repeated
            600001 removed r1 = waiting -, paying 0
            603000 tap A r1 = repeated
            """
        #expect(try SessionScript.played(script, mode: .fixed) == script)
    }

    @Test("the window is the card's, over all readers: one removal of two is not enough")
    func twoReaders() throws {
        let script = """
            0 tap A r1 = pay fixed
            1 started S1 A = waiting -, paying 1
            10 decided S1 = show
            20 tap A r2 = repeated
            30 removed r1 = waiting -, paying 0
            9000 tap A r1 = repeated
            9010 removed r1 = waiting -, paying 0
            9020 removed r2 = waiting -, paying 0
            12019 tap A r1 = repeated
            12020 removed r1 = waiting -, paying 0
            15020 tap A r2 = pay fixed
            """
        #expect(try SessionScript.played(script, mode: .fixed) == script)
    }

    @Test("a card does not hold up another one on the same reader")
    func otherCard() throws {
        let script = """
            0 tap A r1 = pay fixed
            1 started S1 A = waiting -, paying 1
            2 decided S1 = show
            3 removed r1 = waiting -, paying 0
            4 tap B r1 = pay fixed
            5 tap A r1 = repeated
            """
        #expect(try SessionScript.played(script, mode: .fixed) == script)
    }

    @Test("a tap that could not be written frees the counter at once, its card after the window")
    func recordingFailed() throws {
        let script = """
            0 request = open
            1 opened S1 = waiting S1, paying 0
            2 tap A r1 = pay S1
            3 recording-failed A S1 = waiting -, paying 0
            4 decided S1 = -
            5 removed r1 = waiting -, paying 0
            6 request = open
            7 opened S2 = waiting S2, paying 0
            3004 tap A r1 = repeated
            3006 removed r1 = waiting S2, paying 0
            6006 tap A r1 = pay S2
            """
        #expect(try SessionScript.played(script, mode: .requested) == script)
    }

    @Test("in fixed mode a tap that could not be written is no payment either")
    func fixedRecordingFailed() throws {
        let script = """
            0 tap A r1 = pay fixed
            10 removed r1 = waiting -, paying 1
            20 recording-failed A = waiting -, paying 0
            3019 tap A r1 = repeated
            3020 removed r1 = waiting -, paying 0
            6020 tap A r1 = pay fixed
            """
        #expect(try SessionScript.played(script, mode: .fixed) == script)
    }

    @Test("a scanned code pays as a card does, once however long the scanner sees it")
    func scanned() throws {
        let script = """
            0 scan #1 = nothing to pay
            1 request = open
            2 opened S1 = waiting S1, paying 0
            3 scan #1 = pay S1
            4 started S1 #1 = waiting -, paying 1
            5 request = open
            6 opened S2 = waiting S2, paying 1
            7 scan #1 = still paying
            8 decided S1 = show
            3007 scan #1 = repeated
            6006 scan #1 = repeated
            9005 scan #1 = repeated
            9006 tap A r1 = pay S2
            9007 decided S2 = show
            12005 scan #1 = nothing to pay
            """
        #expect(try SessionScript.played(script, mode: .requested) == script)
    }

    @Test("a given code pays the payment that it was given for, and no other")
    func given() throws {
        let script = """
            0 give #1 S1 = -
            1 request = open
            2 give #1 S1 = -
            3 opened S1 = waiting S1, paying 0
            4 give #1 S0 = -
            5 give #1 S1 = pay S1
            6 give #1 S1 = -
            7 decided S1 = show
            8 request = open
            9 opened S2 = waiting S2, paying 0
            10 scan #1 = repeated
            11 give #1 S2 = pay S2
            12 request = open
            13 opened S3 = waiting S3, paying 1
            14 give #1 S3 = -
            15 give #2 S3 = pay S3
            """
        #expect(try SessionScript.played(script, mode: .requested) == script)
    }

    @Test("in fixed mode each scanned code pays; one that could not be written pays again later")
    func fixedScan() throws {
        let script = """
            0 scan #1 = pay fixed
            1 scan #2 = pay fixed
            2 started S1 #1 = waiting -, paying 2
            3 recording-failed #2 = waiting -, paying 1
            4 scan #2 = repeated
            3003 scan #2 = repeated
            6003 scan #2 = pay fixed
            """
        #expect(try SessionScript.played(script, mode: .fixed) == script)
    }

    @Test("another repeat window holds at once, for the cards that are known too")
    func otherWindow() throws {
        var machine = Session.StateMachine(mode: .fixed, repeatWindow: .seconds(3))
        let card = try CardNumber("A")
        let first = machine.cardTapped(card, reader: "r1", at: .zero)
        #expect(first == .payFixed)
        machine.paymentStarted("S1", by: .card(card))
        _ = machine.paymentDecided("S1", at: .zero)
        machine.cardRemoved(reader: "r1", at: .zero)
        machine.repeatWindowChanged(to: .seconds(10))
        let longer = machine.cardTapped(card, reader: "r1", at: .seconds(5))
        #expect(longer == .ignore(.repeated))
        machine.cardRemoved(reader: "r1", at: .seconds(5))
        machine.repeatWindowChanged(to: .seconds(1))
        let shorter = machine.cardTapped(card, reader: "r1", at: .seconds(6))
        #expect(shorter == .payFixed)
    }

    @Test("the payment that waits is the one that the tap pays, whole")
    func waiting() throws {
        var machine = Session.StateMachine(mode: .requested, repeatWindow: .seconds(3))
        _ = machine.paymentRequested()
        machine.paymentOpened(SessionScript.waiting("S1"))
        #expect(machine.waiting == SessionScript.waiting("S1"))
        let action = machine.cardTapped(try CardNumber("A"), reader: "r1", at: .zero)
        #expect(action == .payWaiting(SessionScript.waiting("S1")))
        #expect(machine.waiting == nil)
        #expect(machine.payingCount == 1)
    }
}
