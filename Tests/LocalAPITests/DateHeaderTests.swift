import NIOHTTP1
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("The moment of an answer")
struct DateHeaderTests {
    @Test(
        "is written as HTTP wants it",
        arguments: [
            (Int64(0), "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777_000, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (1_709_210_096_789, "Thu, 29 Feb 2024 12:34:56 GMT"),
            (1_798_761_599_999, "Thu, 31 Dec 2026 23:59:59 GMT"),
        ])
    func text(milliseconds: Int64, text: String) {
        #expect(DateHeader.text(Timestamp(milliseconds: milliseconds)) == text)
    }

    @Test("is that of the agent's clock, in refusals, too")
    func answers() async throws {
        try await withAPI { api in
            for path in ["/healthz", "/v1/payments"] {
                let answer = try await api.call(.GET, path)
                #expect(answer.headers["Date"] == ["Mon, 05 Jan 2026 12:00:00 GMT"], "\(path)")
            }
        }
    }
}
