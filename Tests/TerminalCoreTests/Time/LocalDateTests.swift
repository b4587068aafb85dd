import Foundation
import Testing

@testable import TerminalCore

@Suite("Local days")
struct LocalDateTests {
    @Test("a day is written as it is read", arguments: ["2026-11-21", "1970-01-01", "2024-02-29"])
    func reads(text: String) { #expect(LocalDate(text)?.description == text) }

    @Test(
        "what is no day is not read",
        arguments: [
            "", "2026", "2026-1-1", "2026-13-01", "2026-00-10", "2026-02-29", "2026-04-31",
            "2026-11-21 ", "+026-11-21", "2026-11-21-01", "20261121", "1969-12-31", "２０２６-01-01",
        ])
    func refuses(text: String) { #expect(LocalDate(text) == nil) }

    @Test("days follow each other without a gap, and every moment belongs to one")
    func chain() throws {
        var day = try #require(LocalDate("2025-12-20"))
        for _ in 0..<800 {
            let moments = day.moments
            #expect(LocalDate(moments.lowerBound) == day)
            #expect(LocalDate(moments.upperBound + .milliseconds(-1)) == day)
            let next = LocalDate(moments.upperBound)
            #expect(day < next)
            #expect(next.moments.lowerBound == moments.upperBound)
            day = next
        }
    }

    /// The zone of a process is set once: each of these runs in one of its own.
    @Test("a day has 23 or 25 hours when the clocks change")
    func clockChange() async {
        await #expect(processExitsWith: .success) {
            inZone("CET-1CEST,M3.5.0,M10.5.0/3")
            check("2026-03-28", hours: 24, from: "2026-03-28T00:00:00+01:00")
            check("2026-03-29", hours: 23, from: "2026-03-29T00:00:00+01:00")
            check("2026-10-25", hours: 25, from: "2026-10-25T00:00:00+02:00")
        }
    }

    @Test("where clocks change at midnight, the day begins at one o'clock")
    func noMidnight() async {
        await #expect(processExitsWith: .success) {
            inZone("<-03>3<-02>,M11.1.0/0,M2.3.0/0")
            check("2026-11-01", hours: 23, from: "2026-11-01T01:00:00-02:00")
            check("2026-02-14", hours: 25, from: "2026-02-14T00:00:00-02:00")
            check("2026-02-15", hours: 24, from: "2026-02-15T00:00:00-03:00")
        }
    }

    @Test("an offset may have half an hour")
    func halfHour() async {
        await #expect(processExitsWith: .success) {
            inZone("IST-5:30")
            check("2026-01-05", hours: 24, from: "2026-01-05T00:00:00+05:30")
            inZone("NST3:30")
            check("2026-01-05", hours: 24, from: "2026-01-05T00:00:00-03:30")
        }
    }
}

private func inZone(_ rule: String) {
    setenv("TZ", rule, 1)
    tzset()
}

/// Ends the process when it is not so.
private func check(_ text: String, hours: Int, from: String) {
    guard let moments = LocalDate(text)?.moments else { fatalError(text) }
    precondition(moments.lowerBound.localText == from, moments.lowerBound.localText)
    precondition(moments.upperBound - moments.lowerBound == .seconds(hours * 3_600), text)
}
