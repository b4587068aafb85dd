import Testing

@testable import TerminalCore

@Suite("Moments and waits")
struct TimestampTests {
    @Test(
        "a duration is cut to whole milliseconds",
        arguments: [
            (Duration.seconds(2), 2_000), (.milliseconds(1_500), 1_500), (.microseconds(1_999), 1),
            (.zero, 0), (.milliseconds(-1_500), -1_500),
        ] as [(Duration, Int64)])
    func milliseconds(duration: Duration, milliseconds: Int64) {
        #expect(duration.wholeMilliseconds == milliseconds)
    }

    @Test("moments are moved by durations, and their difference is one")
    func arithmetic() {
        let noon = Timestamp(milliseconds: 1_700_000_000_000)
        #expect((noon + .seconds(60)).milliseconds == 1_700_000_060_000)
        #expect(noon + .seconds(60) - noon == .seconds(60))
        #expect(noon - (noon + .milliseconds(1)) == .milliseconds(-1))
        #expect(noon < noon + .milliseconds(1))
    }
}
