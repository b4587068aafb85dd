import Ledger
import NIOHTTP1
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("The call for a receipt") struct ReceiptRouteTests {
    /// The first line of the receipt of `seq` with this query.
    private func head(_ api: APIBench, _ seq: String, _ query: String) async throws -> String {
        let answer = try await api.asOperator(.GET, "/v1/payments/\(seq)/receipt" + query)
        #expect(answer.status == 200, "\(answer.text)")
        let type = answer.headers.first(name: "content-type")
        #expect(type == "text/plain; charset=utf-8")
        return answer.text.split(separator: "\n").first.map(String.init) ?? ""
    }

    @Test("JSON has what a POS needs for a paper of its own")
    func json() async throws {
        try await withAPI { api in
            let seq = try await api.paid()
            let json = try await api.asOperator(.GET, "/v1/payments/\(seq)/receipt").json
            #expect(json["seq"] as? String == seq)
            #expect(json["outcome"] as? String == "approved")
            #expect(json["charge"] as? String == "taken")
            #expect(json["amount"] as? Int == 1_500)
            #expect(json["card"] as? String == "****0001")
            #expect(json["copy"] as? Bool == false)
            #expect(json["terminal"] as? [String: String] == ["id": "K001", "name": "Canteen"])
            let time = json["time"] as? [String: Any]
            #expect(time?["at"] as? Int == Int(Sample.start.milliseconds))
            #expect(time?["local"] as? String == Sample.start.localText)
        }
    }

    @Test("plain text has the width, the language and the mark that were asked for")
    func text() async throws {
        try await withAPI { api in
            let seq = try await api.paid()
            let narrow = String(repeating: " ", count: 12) + "Canteen"
            let wide = String(repeating: " ", count: 20) + "Canteen"
            #expect(try await head(api, seq, "?format=text") == narrow)
            #expect(try await head(api, seq, "?format=text&width=48") == wide)
            let copy = try await head(api, seq, "?format=text&copy=true&language=zh")
            #expect(copy == String(repeating: " ", count: 14) + "补打")
        }
    }

    @Test(
        "without a format, who accepts plain text and no JSON gets text",
        arguments: [
            ("text/plain", true), ("text/plain;q=0.9, */*;q=0.1", true), ("*/*", false),
            ("application/json, text/plain", false), ("", false),
        ])
    func accepted(_ accept: String, isText: Bool) async throws {
        try await withAPI { api in
            let seq = try await api.paid()
            let path = "/v1/payments/\(seq)/receipt"
            let answer = try await api.call(.GET, path, headers: ["Accept": accept])
            #expect(answer.text.contains("APPROVED") == isText, "\(answer.text)")
            let asJSON = try await api.call(
                .GET, path + "?format=json", headers: ["Accept": accept])
            #expect(asJSON.json["seq"] as? String == seq)
        }
    }

    @Test(
        "a wrong word in the query is named",
        arguments: [
            ("width=40", "width"), ("width=", "width"), ("language=fr", "language"),
            ("format=pdf", "format"), ("copy=yes", "copy"),
        ])
    func wrong(_ query: String, _ name: String) async throws {
        try await withAPI { api in
            let answer = try await api.call(.GET, "/v1/payments/K0011/receipt?" + query)
            #expect(answer.status == 400 && answer.problem == "invalid")
            let detail = answer.json["detail"] as? String ?? ""
            #expect(detail.contains("\(name) must be"), "\(detail)")
        }
    }

    @Test("no outcome, no receipt; an unknown payment has none either")
    func none() async throws {
        try await withAPI { api in
            let seq = try await api.request()
            let waiting = try await api.call(.GET, "/v1/payments/\(seq)/receipt")
            #expect(waiting.status == 409 && waiting.problem == "busy")
            #expect(waiting.json["seq"] as? String == seq)
            let unknown = try await api.call(.GET, "/v1/payments/K0010/receipt")
            #expect(unknown.status == 404 && unknown.problem == "not_found")
        }
    }

    @Test("a receipt for a POS tells the outcome, one for an operator does not")
    func told() async throws {
        try await withAPI { api in
            let seq = try await api.request()
            _ = try await api.tap()
            await api.agent.waitForOutcome(of: seq, atMost: .seconds(30))
            let path = "/v1/payments/\(seq)"
            _ = try await api.asOperator(.GET, path + "/receipt")
            let before = try await api.asOperator(.GET, path)
            #expect(before.json["told_at"] as? Int == nil)
            _ = try await api.call(.GET, path + "/receipt?format=text")
            let after = try await api.asOperator(.GET, path)
            #expect(after.json["told_at"] as? Int != nil)
        }
    }
}
