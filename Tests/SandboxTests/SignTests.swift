import Sandbox
import Testing

@Suite("The sandbox's own sign")
struct SignTests {
    @Test("gives the examples of the wire page")
    func examples() {
        let fields = [
            "app": "wallet", "expire": "60s", "intent": "pay 1250", "seq": "K0011700000000000",
            "title": "Lunch",
        ]
        let secret = "q1LQuI8C4CI"
        #expect(RequestSign.make(fields, secret: secret) == "a9a830364cfd814c3402a5598d2aac61")
        #expect(
            RequestSign.make(["seq": "K0011700000000000"], secret: secret)
                == "1a20685893f30195bb17d9d325aa3794")
    }

    @Test("leaves an old sign out")
    func oldSign() {
        let plain = RequestSign.make(["seq": "1"], secret: "k")
        #expect(RequestSign.make(["seq": "1", "sign": plain], secret: "k") == plain)
    }
}
