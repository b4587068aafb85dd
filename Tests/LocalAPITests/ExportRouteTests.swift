import Foundation
import Journal
import NIOHTTP1
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("The journal that an operator exports") struct ExportRouteTests {
    private func journal(_ text: String) throws -> Journal {
        let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try Data(text.utf8).write(to: path)
        defer { try? FileManager.default.removeItem(at: path) }
        return try Journal.read(path.path, key: APIBench.signer.key)
    }

    @Test("it has every payment, or those in the states that are asked for")
    func states() async throws {
        try await withAPI { bench in
            let seqs = [try await bench.paid(), try await bench.request()]
            let all = try await bench.asOperator(.POST, "/v1/export", "{}")
            #expect(all.status == 200)
            #expect(all.headers["content-type"] == ["application/x-ndjson"])
            #expect(try journal(all.text).payments.map(\.seq) == seqs)
            #expect(try journal(all.text).header.terminal == "K001")
            let body = #"{"state":"settled,held"}"#
            let some = try await bench.asOperator(.POST, "/v1/export", body)
            #expect(try journal(some.text).payments.map(\.seq) == [seqs[0]])
        }
    }

    @Test("it is for operators alone, and an unknown state is an error")
    func refusals() async throws {
        try await withAPI { bench in
            #expect(try await bench.call(.POST, "/v1/export", "{}").problem == "forbidden")
            let wrong = try await bench.asOperator(.POST, "/v1/export", #"{"state":"paid"}"#)
            #expect(wrong.status == 400 && wrong.problem == "invalid")
        }
    }
}
