import Testing

@testable import Systemd

@Suite("What the service manager is told of a reload")
struct ReloadNoticeTests {
    @Test(
        "its moment is in whole microseconds",
        arguments: [
            (.zero, "0"), (.microseconds(1), "1"), (.nanoseconds(1_999), "1"),
            (.seconds(3) + .milliseconds(5), "3005000"),
            // A hundred years.
            (.seconds(3_155_760_000), "3155760000000000"),
        ] as [(Duration, String)])
    func moment(now: Duration, text: String) {
        #expect(ReloadNotice.begins(at: now) == "RELOADING=1\nMONOTONIC_USEC=" + text)
    }

    @Test("the count grows")
    func grows() {
        let first = ReloadNotice.monotonic()
        let second = ReloadNotice.monotonic()
        #expect(first > .zero)
        #expect(second >= first)
    }
}
