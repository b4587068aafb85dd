import OAuth
import SovellPay
import TerminalCore
import Testing

@Suite("Asking for an order, and undoing it")
struct AskAndReverseTests {
    @Test(
        "the order is asked for as the terminal, with the patience in whole seconds",
        arguments: [
            (nil, ""), (.seconds(5), "?timeout=5s"), (.milliseconds(5_900), "?timeout=5s"),
            (.milliseconds(250), "?timeout=1s"), (.zero, "?timeout=1s"),
        ] as [(Duration?, String)])
    func ask(patience: Duration?, query: String) async throws {
        let wire = ScriptedWire([.token("terminal"), .paid])
        let answer = await sovellPay(wire).ask(try .sample(), patience: patience)
        #expect(answer == .charged(.sample))
        let url = "https://pre.sovell.com/sovellpay/v2/trade/K0011700000000000" + query
        #expect(
            await wire.requests.last
                == WireRequest(.get, url, headers: [.init("Authorization", "Bearer terminal")]))
        #expect(
            String(decoding: await wire.requests[0].body ?? [], as: UTF8.self)
                .hasPrefix("grant_type=client_credentials&"))
    }

    @Test("the order is undone as the terminal, with the signed order number")
    func reverse() async throws {
        let wire = ScriptedWire([.token("terminal"), .answer(200, Bodies.trade("closed"))])
        let answer = await sovellPay(wire).reverse(try .sample())
        #expect(answer == .dead)
        #expect(await wire.lines == [Line.token, Line.delete])
        #expect(
            await wire.requests.last?.headers == [.init("Authorization", "Bearer terminal")])
        #expect(await wire.requests.last?.body == nil)
    }

    @Test("a renewed order is asked for and undone under its new number")
    func renewed() async throws {
        let wire = ScriptedWire([.token("t"), .answer(404), .answer(404)])
        let pay = sovellPay(wire)
        let payment = try Payment.sample(order: "K0011700000009999")
        #expect(await pay.ask(payment, patience: nil) == .absent)
        #expect(await pay.reverse(payment) == .absent)
        let trade = "https://pre.sovell.com/sovellpay/v2/trade/K0011700000009999"
        #expect(
            await wire.lines == [
                Line.token, "GET " + trade,
                "DELETE " + trade + "?sign=09b83c2b4dfa58394b7ec1a5492e3525",
            ])
    }

    @Test("an order number is escaped in the URL")
    func escaped() async throws {
        let wire = ScriptedWire([.token("t"), .answer(404)])
        _ = await sovellPay(wire).ask(try .sample(order: "a/b?c"), patience: nil)
        #expect(
            await wire.lines.last == "GET https://pre.sovell.com/sovellpay/v2/trade/a%2Fb%3Fc")
    }

    @Test("the terminal's token serves several calls")
    func tokenIsKept() async throws {
        let wire = ScriptedWire([.token("t"), .answer(404), .paid])
        let pay = sovellPay(wire)
        #expect(await pay.ask(try .sample(), patience: nil) == .absent)
        #expect(await pay.ask(try .sample(), patience: nil) == .charged(.sample))
        #expect(await wire.lines == [Line.token, Line.get, Line.get])
    }

    @Test("a 401 renews the terminal's token once, a second one is later")
    func unauthorized() async throws {
        let once = ScriptedWire([.token("t1"), .answer(401), .token("t2"), .paid])
        #expect(await sovellPay(once).ask(try .sample(), patience: nil) == .charged(.sample))
        #expect(await once.requests.last?.headers.first?.value == "Bearer t2")
        let twice = ScriptedWire([
            .token("t1"), .answer(401, "{}"), .token("t2"), .answer(401, "{}"),
        ])
        #expect(await sovellPay(twice).reverse(try .sample()) == .later(after: nil))
        #expect(await twice.lines == [Line.token, Line.delete, Line.token, Line.delete])
    }

    @Test(
        "without the terminal's token nothing is asked",
        arguments: [
            (.answer(401, #"{"error":"invalid_client"}"#), .credentials),
            (.answer(503, after: .seconds(9)), .platform(after: .seconds(9))),
            (.answer(400, #"{"error":"invalid_grant"}"#), .platform(after: nil)),
            (.failure(.notSent("refused")), .network), (.failure(.unknown("reset")), .network),
        ] as [(Result<WireResponse, WireFailure>, Trouble)])
    func noToken(exchange: Result<WireResponse, WireFailure>, trouble: Trouble) async throws {
        let asking = ScriptedWire([exchange])
        let answer = await sovellPay(asking).ask(try .sample(), patience: nil)
        #expect(answer == .notSent(trouble))
        #expect(await asking.lines == [Line.token])
        let probing = ScriptedWire([exchange])
        #expect(await sovellPay(probing).probe() == trouble)
    }

    @Test("a call that broke on the way is told as the wire tells it")
    func broken() async throws {
        let notSent = ScriptedWire([.token("t"), .failure(.notSent("refused"))])
        #expect(await sovellPay(notSent).reverse(try .sample()) == .notSent(.network))
        let unknown = ScriptedWire([.token("t"), .failure(.unknown("reset"))])
        #expect(await sovellPay(unknown).ask(try .sample(), patience: nil) == .unknown)
    }

    @Test("a probe exchanges the terminal's token, each time anew")
    func probe() async {
        let wire = ScriptedWire([.token("t1"), .token("t2")])
        let pay = sovellPay(wire)
        #expect(await pay.probe() == nil)
        #expect(await pay.probe() == nil)
        #expect(await wire.lines == [Line.token, Line.token])
    }
}
