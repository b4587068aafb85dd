import Sandbox
import Testing

@Suite("The sandbox's trades", .timeLimit(.minutes(1)))
struct TradeTests {
    @Test("are answered in the form of the wire page")
    func form() async throws {
        let cards = [SandboxCard(number: "001", balance: 5_000)]
        try await withSandbox(cards: cards, now: { 1_700_000_000_000 }) { sandbox async throws in
            let answer = try await sandbox.pay(1_250, token: try await sandbox.cardToken("001"))
            #expect(answer.status == 200)
            let (ours, sample) = (try answer.value(), try JSONValue.fixture("trade-normal.json"))
            #expect(ours.shape == sample.shape)
            for name in ["seq", "title", "create_time", "status", "detail"] {
                #expect(ours.object[name] == sample.object[name])
            }
        }
    }

    @Test("charge once, whatever comes again under the same seq")
    func once() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            #expect(try await sandbox.pay(1_250, token: token).status == 200)
            #expect(try await sandbox.pay(1_250, token: token).status == 406)
            #expect(try await sandbox.pay(99, token: token).status == 406)
            let other = try await sandbox.cardToken(Harness.poorCard)
            #expect(try await sandbox.pay(50, token: other).status == 406)
            let trade = try #require(await sandbox.server.trade(Harness.seq))
            #expect((trade.charges, trade.refunds) == (1, 0))
            #expect(await sandbox.server.card(Harness.card)?.balance == 3_750)
            #expect(await sandbox.server.card(Harness.poorCard)?.balance == 100)
        }
    }

    @Test("are closed and refunded in full, as often as asked, and never charged again")
    func reversal() async throws {
        try await withSandbox { sandbox async throws in
            let (card, terminal) = (
                try await sandbox.cardToken(), try await sandbox.terminalToken()
            )
            #expect(try await sandbox.pay(1_250, token: card).status == 200)
            for _ in 0..<3 {
                let answer = try await sandbox.reverse(token: terminal)
                #expect(answer.status == 200)
                #expect(try answer.json()["status"] == .text("closed"))
            }
            let again = try await sandbox.pay(1_250, token: card)
            #expect(again.status == 200)
            #expect(try again.json()["status"] == .text("closed"))
            let trade = try #require(await sandbox.server.trade(Harness.seq))
            #expect((trade.charges, trade.refunds) == (1, 1))
            #expect(await sandbox.server.card(Harness.card)?.balance == 5_000)
        }
    }

    @Test("are refused when the balance is too low, and leave nothing behind")
    func tooPoor() async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken(Harness.poorCard)
            let answer = try await sandbox.pay(101, token: token)
            #expect(answer.status == 402)
            #expect(try answer.json()["error"] == .text("balance_too_low"))
            #expect(try await sandbox.query(token: token).status == 404)
            #expect(try await sandbox.pay(100, token: token).status == 200)
        }
    }

    @Test("want a card's token, the right sign and a seq that exists")
    func refusals() async throws {
        try await withSandbox { sandbox async throws in
            let (card, terminal) = (
                try await sandbox.cardToken(), try await sandbox.terminalToken()
            )
            #expect(try await sandbox.pay(1, token: "nonsense").status == 401)
            #expect(try await sandbox.pay(1, token: terminal).status == 401)
            #expect(try await sandbox.pay(1, token: card, sign: "0").status == 400)
            #expect(try await sandbox.query(token: "nonsense").status == 401)
            #expect(try await sandbox.query(token: terminal).status == 404)
            #expect(try await sandbox.reverse(token: terminal).status == 404)
            #expect(try await sandbox.reverse(token: terminal, sign: "0").status == 400)
            #expect(await sandbox.server.trades().isEmpty)
        }
    }

    @Test("want an amount of 1 fen to a million yuan", arguments: [0, -5, 100_000_001])
    func amounts(_ amount: Int64) async throws {
        try await withSandbox { sandbox async throws in
            let token = try await sandbox.cardToken()
            #expect(try await sandbox.pay(amount, token: token).status == 400)
        }
    }

    @Test("may be under way first and be paid or fail later")
    func underWay() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.server.setNewTradeStatus("accepted")
            let token = try await sandbox.cardToken()
            let answer = try await sandbox.pay(1_250, token: token)
            #expect(try answer.json()["status"] == .text("accepted"))
            #expect(await sandbox.server.card(Harness.card)?.balance == 5_000)
            #expect(await sandbox.server.setTrade(Harness.seq, status: "normal"))
            #expect(try await sandbox.query(token: token).json()["status"] == .text("normal"))
            #expect(await sandbox.server.card(Harness.card)?.balance == 3_750)
        }
    }

    @Test("and token requests leave no secret and no whole card number in the journal")
    func journal() async throws {
        try await withSandbox { sandbox async throws in
            _ = try await sandbox.pay(1_250, token: try await sandbox.cardToken())
            _ = try await sandbox.client.send("GET", "/x/\(Harness.card)?sign=abc")
            let requests = await sandbox.server.requests()
            let paths = ["/oauth/v2/token", "/sovellpay/v2/trade", "/x/****6E80"]
            #expect(requests.map(\.path) == paths)
            #expect(requests.map(\.status) == [200, 200, 404])
            #expect(requests[0].note == "offline_cert ****6E80")
        }
    }
}
