import Ledger
import NIOHTTP1
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("A day by the API") struct DayRouteTests {
    @Test("a day's quarters, with what was paid and how long payers waited")
    func day() async throws {
        try await withAPI { api in
            _ = try await api.paid()
            let day = LocalDate(api.clock.now())
            let answer = try await api.asOperator(.GET, "/v1/day")
            let quarter = """
                {"approved":1,"fen":1500,"from":1767614400000,"offline":0,"payments":1,\
                "refused":0,"wait_p50_ms":0,"wait_p95_ms":0}
                """
            let (from, to) = (day.moments.lowerBound.milliseconds, day.moments.upperBound)
            #expect(answer.status == 200)
            #expect(answer.text.hasPrefix(#"{"cut":false,"date":"\#(day)","from":\#(from),"#))
            #expect(answer.text.contains(#""quarter_ms":900000,"quarters":[\#(quarter)],"#))
            #expect(answer.text.contains(#""to":\#(to.milliseconds),"total":{"approved":1,"#))
            let same = try await api.asOperator(.GET, "/v1/day?date=\(day)")
            #expect(same.text == answer.text)
            let other = try await api.asOperator(.GET, "/v1/day?date=2025-12-01")
            #expect(other.text.contains(#""quarters":[],"#))
        }
    }

    @Test("the day's totals come as JSON and as CSV")
    func report() async throws {
        try await withAPI { api in
            _ = try await api.paid()
            let json = try await api.asOperator(.GET, "/v1/report")
            let same = try await api.asOperator(.GET, "/v1/report?format=json")
            #expect(json.status == 200 && json.text == same.text)
            let csv = try await api.asOperator(.GET, "/v1/report?format=csv")
            #expect(csv.headers.first(name: "content-type")?.hasPrefix("text/csv") == true)
            #expect(csv.text.hasPrefix("date,terminals,line,state,reason,count,amount,"))
            #expect(csv.text.contains(",K001,total,,,1,1500,1500,"), "\(csv.text)")
        }
    }

    @Test(
        "a day or a form that there is not is refused",
        arguments: ["/v1/day?date=2026-02-30", "/v1/day?date=", "/v1/report?format=pdf"])
    func wrong(_ path: String) async throws {
        try await withAPI { api in
            let answer = try await api.asOperator(.GET, path)
            #expect(answer.status == 400 && answer.problem == "invalid")
        }
    }
}
