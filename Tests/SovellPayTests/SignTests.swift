import OAuth
import Testing

@testable import SovellPay

/// The first two are worked out in the platform's wire page, the others by another MD5 program.
@Suite("The sign of a request")
struct SignTests {
    private static let secret = Secret("q1LQuI8C4CI")

    @Test("the wire page's example of a new trade")
    func trade() {
        let fields = [
            (name: "app", value: "wallet"), (name: "expire", value: "60s"),
            (name: "intent", value: "pay 1250"), (name: "seq", value: "K0011700000000000"),
            (name: "title", value: "Lunch"),
        ]
        let sign = "a9a830364cfd814c3402a5598d2aac61"
        #expect(Sign.make(fields, secret: Self.secret) == sign)
        #expect(Sign.make(fields.reversed(), secret: Self.secret) == sign)
    }

    @Test("the wire page's example of a reversal")
    func reversal() {
        #expect(
            Sign.make([(name: "seq", value: "K0011700000000000")], secret: Self.secret)
                == "1a20685893f30195bb17d9d325aa3794")
    }

    @Test("the order of the fields does not regard case, the signed text does")
    func caseOfNames() {
        let upper = [
            (name: "B", value: "2"), (name: "a", value: "1"), (name: "C", value: "3"),
        ]
        let lower = [
            (name: "b", value: "2"), (name: "A", value: "1"), (name: "c", value: "3"),
        ]
        #expect(
            Sign.make(upper, secret: Self.secret) == "78cd33b6390048d2267c028c6fb595ae")
        #expect(
            Sign.make(lower, secret: Self.secret) == "cd06e46bde0742193faa2abb7bdb8a1b")
    }

    @Test("the fields are sorted as whole texts: 2 comes before =, and = before b")
    func wholeTexts() {
        let fields = [
            (name: "ab", value: "1"), (name: "a", value: "Z"), (name: "A2", value: "1"),
        ]
        #expect(
            Sign.make(fields, secret: Self.secret) == "e7247771339d3b1d4e524a9788b1bf18")
    }

    @Test("a title is signed raw, in UTF-8")
    func title() {
        let fields = [
            (name: "seq", value: "K0011700000000000"),
            (name: "title", value: "午餐 & 茶/½=\"x\""), (name: "app", value: "wallet"),
            (name: "intent", value: "pay 1250"), (name: "expire", value: "300s"),
        ]
        #expect(
            Sign.make(fields, secret: Self.secret) == "dae393188a71d185bba0bb0487008442")
    }

    @Test("the secret may be any text, and there may be no field")
    func edges() {
        #expect(
            Sign.make([(name: "seq", value: "1")], secret: Secret("密"))
                == "560939011a879cc1e2f134798c7742fa")
        #expect(Sign.make([], secret: Self.secret) == "40231e0639c08432dc95d4e2a46a74fc")
    }
}
