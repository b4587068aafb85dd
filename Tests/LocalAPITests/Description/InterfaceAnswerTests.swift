import Foundation
import NIOHTTP1
import TerminalTesting
import Testing

@testable import LocalAPI

/// The running API beside its description.
@Suite("The answers of the interface") struct InterfaceAnswerTests {
    /// A call, and the status of its answer; `SEQ` stands for a paid payment.
    struct Row: Sendable {
        var call: String
        var body: String?
        var status: Int
        var asOperator: Bool

        init(_ call: String, _ body: String?, _ status: Int, asOperator: Bool = true) {
            self.call = call
            self.body = body
            self.status = status
            self.asOperator = asOperator
        }
    }

    static let rows = [
        Row("POST /v1/payments", #"{"amount":1}"#, 201), Row("POST /v1/payments", "{}", 400),
        Row("GET /v1/payments", nil, 200), Row("GET /v1/payments?limit=0", nil, 400),
        Row("GET /v1/payments", nil, 401, asOperator: false),
        Row("GET /v1/payments/SEQ", nil, 200), Row("GET /v1/payments/K0010", nil, 404),
        Row("GET /v1/payments/SEQ", nil, 200, asOperator: false),
        Row("GET /v1/payments/SEQ/receipt", nil, 200),
        Row("GET /v1/payments/SEQ/receipt?format=text", nil, 200),
        Row("GET /v1/payments/SEQ/receipt?width=1", nil, 400),
        Row("DELETE /v1/payments/SEQ", #"{"why":"asked for"}"#, 202),
        Row("POST /v1/payments/SEQ/submit", "{}", 409),
        Row("POST /v1/payments/SEQ/code", #"{"kind":"sms","code":"1"}"#, 409),
        Row("POST /v1/sms-codes", #"{"phone":"13800000001"}"#, 204),
        Row("POST /v1/qr-sessions", nil, 201), Row("GET /v1/qr-sessions/K001-9", nil, 404),
        Row("GET /v1/status", nil, 200, asOperator: false), Row("GET /healthz", nil, 200),
        Row("GET /readyz", nil, 200), Row("GET /metrics", nil, 200), Row("GET /", nil, 200),
        Row("POST /v1/taps", #"{"card":"CARD0009"}"#, 202), Row("POST /v1/sync", nil, 202),
        Row("POST /v1/lost-cards/import", "# version: 1\nCARD0008\n", 200),
        Row("GET /v1/lost-cards", nil, 200),
        Row("POST /v1/lost-cards/add", #"{"card":"CARD0007"}"#, 204),
        Row("POST /v1/lost-cards/remove", #"{"card":"CARD0006"}"#, 404),
        Row("GET /v1/report", nil, 200), Row("GET /v1/report?date=x", nil, 400),
        Row("GET /v1/reconcile", nil, 404), Row("POST /v1/reconcile", "{}", 202),
        Row("POST /v1/export", "{}", 200), Row("GET /v1/replay", nil, 404),
        Row("POST /v1/replay?dry_run=true", "journal", 200),
        Row("POST /v1/replay", "journal", 400), Row("POST /v1/verify", nil, 202),
    ]

    @Test("each is as it is described", arguments: rows)
    func described(_ row: Row) async throws {
        let interface = try Interface()
        try await withAPI { api in
            let seq = try await api.paid()
            let call = row.call.replacing("SEQ", with: seq).split(separator: " ").map(String.init)
            let answer = try await api.call(
                HTTPMethod(rawValue: call[0]), call[1], row.body,
                token: row.asOperator ? APIBench.token : nil)
            #expect(answer.status == row.status, "\(answer.text)")
            let path = row.call.prefix { $0 != "?" }.replacing("SEQ", with: "{seq}")
                .replacing("K0010", with: "{seq}").replacing("K001-9", with: "{session}")
            let operation = try #require(interface.operation(String(path)))
            let type = answer.headers.first(name: "content-type") ?? ""
            let problems = Self.problems(of: answer, type, operation, interface)
            #expect(problems == [], "\(answer.text)")
        }
    }

    private static func problems(
        of answer: Answer, _ type: String, _ operation: Interface.Operation, _ interface: Interface
    ) -> [String] {
        let isStated = operation.value["responses"]?["\(answer.status)"] != nil
        let status = isStated ? [] : ["\(answer.status) is not described"]
        if answer.text.isEmpty { return status }
        let form = String(type.prefix { $0 != ";" })
        guard let schema = interface.schema(of: operation, status: answer.status, type: form)
        else { return status + ["\(form) is not described"] }
        guard form.hasSuffix("/json") || form.hasSuffix("+json") else { return status }
        guard let value = try? JSONValue.read(answer.text) else { return ["it is no JSON"] }
        return status + interface.problems(of: value, schema)
    }
}
