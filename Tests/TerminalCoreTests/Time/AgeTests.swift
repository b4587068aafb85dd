import Testing

@testable import TerminalCore

@Suite("Ages do not trust a clock that jumps")
struct AgeTests {
    /// When something happened and when somebody asks: the wall clock's second, the start of the
    /// machine, its uptime, and whether the clock was synchronised.
    struct Row: Sendable {
        var then: (wall: Int64, boot: Int64?, uptime: Int64, synced: Bool)
        var now: (wall: Int64, boot: Int64?, uptime: Int64, synced: Bool)
        var atLeast: Int64
        var atMost: Int64?
        var likely: Int64
    }

    static let year: Int64 = 365 * 86_400

    static let table = [
        // One start of the machine: its count alone tells, whatever the wall clock did.
        Row(
            then: (1_000, 1, 10, true), now: (1_060, 1, 70, true),
            atLeast: 60, atMost: 60, likely: 60),
        Row(
            then: (1_000, 1, 10, true), now: (1_000 + year, 1, 70, true),
            atLeast: 60, atMost: 60, likely: 60),
        Row(
            then: (1_000, 1, 10, false), now: (1_000 - year, 1, 70, false),
            atLeast: 60, atMost: 60, likely: 60),
        Row(
            then: (1_000, 1, 70, true), now: (1_060, 1, 10, true),
            atLeast: 0, atMost: 0, likely: 0),
        // Another start: this start's uptime has surely passed.
        Row(
            then: (1_000, 1, 10, true), now: (4_600, 2, 70, true),
            atLeast: 70, atMost: 3_600, likely: 3_600),
        Row(
            then: (1_000, 1, 10, false), now: (4_600, 2, 70, true),
            atLeast: 70, atMost: nil, likely: 3_600),
        Row(
            then: (1_000, 1, 10, true), now: (4_600, 2, 70, false),
            atLeast: 70, atMost: nil, likely: 3_600),
        Row(
            then: (1_000, 1, 10, true), now: (1_000 - year, 2, 70, true),
            atLeast: 70, atMost: 70, likely: 70),
        Row(
            then: (1_000, 1, 10, true), now: (1_000 - year, 2, 70, false),
            atLeast: 70, atMost: nil, likely: 70),
        // Recorded before there was a count.
        Row(
            then: (1_000, nil, 0, false), now: (4_600, 2, 70, true),
            atLeast: 0, atMost: nil, likely: 3_600),
        Row(
            then: (1_000, nil, 0, true), now: (4_600, 2, 70, true),
            atLeast: 0, atMost: 3_600, likely: 3_600),
        Row(
            then: (1_000, nil, 0, true), now: (400, nil, 0, true),
            atLeast: 0, atMost: 0, likely: 0),
    ]

    @Test("the bounds of an age", arguments: table)
    func bounds(row: Row) {
        let age = moment(row.now).age(since: moment(row.then))
        #expect(age.atLeast == .seconds(row.atLeast))
        #expect(age.atMost == row.atMost.map { .seconds($0) })
        #expect(age.likely == .seconds(row.likely))
    }

    private func moment(_ at: (wall: Int64, boot: Int64?, uptime: Int64, synced: Bool)) -> Moment {
        Moment(
            wall: Timestamp(milliseconds: at.wall * 1_000),
            bootTime: at.boot.map { BootTime(boot: $0, uptime: .seconds(at.uptime)) },
            isSynchronised: at.synced)
    }

    @Test("the machine's own clocks agree with each other and name their start")
    func system() {
        let clock = SystemTerminalClock()
        #expect(clock.uptime() > .zero)
        #expect(clock.uptime() <= clock.uptime())
        #expect(clock.bootID.utf8.count == 36)
        #expect(clock.bootID == SystemTerminalClock().bootID)
    }
}
