import Testing

@testable import OAuth

@Suite("The moments of HTTP's headers")
struct HTTPDateTests {
    @Test(
        "the form of today is read",
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", Int64(0)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777_000),
            ("Tue, 29 Feb 2000 23:59:59 GMT", 951_868_799_000),
            ("Wed, 01 Mar 2000 00:00:00 GMT", 951_868_800_000),
            ("Sat, 21 Nov 2026 11:23:18 GMT", 1_795_260_198_000),
        ])
    func read(text: String, milliseconds: Int64) {
        #expect(HTTPDate.milliseconds(text) == milliseconds)
    }

    @Test(
        "nothing else is",
        arguments: [
            "", "now", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
            "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT", "0",
        ])
    func unread(text: String) {
        #expect(HTTPDate.milliseconds(text) == nil)
    }
}
