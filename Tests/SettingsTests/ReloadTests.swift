import TerminalCore
import Testing

@testable import Settings

@Suite("A configuration that is read again")
struct ReloadTests {
    /// From the minimal configuration with `old` after it to the one with `new`.
    private func reload(from old: String = "", to new: String) throws -> Reload {
        let running = try Sample.load(Sample.minimal + old + "\n")
        return try running.takingUp(try Sample.load(Sample.minimal + new + "\n"))
    }

    @Test(
        "what may change is taken up, and told with both values",
        arguments: [
            ("offline.payment_limit: 100", "offline.payment_limit", "5000", "100"),
            ("log.level: debug", "log.level", "info", "debug"),
            ("payment.title: Lunch", "payment.title", "null", "Lunch"),
            ("sync.retry_max: 10m", "sync.retry_max", "5m", "10m"),
            (
                "payment.schedule: [{from: \"10:30\", to: \"13:30\", amount: 800}]",
                "payment.schedule", "[]", "[{from: 10:30, to: 13:30, amount: 800}]"
            ),
        ])
    func takenUp(_ yaml: String, _ path: String, _ was: String, _ now: String) throws {
        let reload = try reload(to: yaml)
        let key = try #require(KeyTable.key(path))
        #expect(reload.changes == [Reload.Change(key: key, was: was, now: now)])
        #expect(reload.waiting.isEmpty)
        #expect(reload.loaded.values.first { $0.key == key }?.shown == now)
    }

    @Test(
        "everything else is named and stays as it is",
        arguments: [
            ("reader.name: \"ACS*\"", "reader.name", "\"*\""),
            ("card_number.encoding: decimal", "card_number.encoding", "hex"),
            ("payment.mode: fixed", "payment.mode", "requested"),
            ("platform.request_timeout: 9s", "platform.request_timeout", "3s"),
            ("sync.concurrency: 2", "sync.concurrency", "8"),
            ("ledger.keep: 500d", "ledger.keep", "400d"),
            ("log.format: json", "log.format", "text"),
        ])
    func waiting(_ yaml: String, _ path: String, _ stays: String) throws {
        let reload = try reload(to: yaml + "\noffline.enabled: false")
        #expect(reload.waiting.map(\.path) == [path])
        #expect(reload.changes.map(\.key.path) == ["offline.enabled"])
        #expect(reload.loaded.values.first { $0.key.path == path }?.shown == stays)
        #expect(!reload.loaded.settings.offline.enabled)
    }

    @Test("a value that was written out in place of its default is no change")
    func unchanged() throws {
        let reload = try reload(to: "payment.tap_timeout: 60s\nreader.name: \"*\"")
        #expect(reload.changes.isEmpty && reload.waiting.isEmpty)
    }

    @Test("another secret waits for a restart, and is not told")
    func secret() throws {
        let newer = try Sample.load(environment: ["KIOSK_PLATFORM_CLIENT_SECRET": "hunter2"])
        let reload = try Sample.load().takingUp(newer)
        #expect(reload.waiting.map(\.path) == ["platform.client_secret"])
        #expect(reload.loaded.settings.platform.clientSecret == Secret("hush"))
        #expect(!"\(reload.changes) \(reload.waiting)".contains("hunter2"))
    }

    @Test("new values that do not fit those that stay change nothing")
    func mixture() {
        let error = #expect(throws: ConfigurationError.self) {
            try reload(
                from: "payment.mode: fixed",
                to: "payment.mode: requested\npayment.fixed_amount: null")
        }
        #expect(error?.problems.map(\.key) == ["payment.fixed_amount"])
    }

    @Test("the next reload compares with what is in force, not with the last file")
    func again() throws {
        let text = Sample.minimal + "reader.name: \"ACS*\"\noffline.payment_limit: 100\n"
        let first = try Sample.load().takingUp(try Sample.load(text))
        let second = try first.loaded.takingUp(try Sample.load(text))
        #expect(second.changes.isEmpty)
        #expect(second.waiting.map(\.path) == ["reader.name"])
        let back = try second.loaded.takingUp(try Sample.load())
        #expect(back.changes.map(\.now) == ["5000"])
        #expect(back.waiting.isEmpty)
    }

    @Test("the keys that may change are these")
    func table() {
        let offline = KeyTable.keys.map(\.path).filter { $0.hasPrefix("offline.") }
        let single = [
            "terminal.name", "terminal.language", "payment.title", "payment.fixed_amount",
            "payment.schedule", "payment.per_card_per_period", "payment.repeat_window",
            "payment.tap_timeout", "sync.retry_min", "sync.retry_max", "sync.late_arrival",
            "sync.order_memory", "log.level",
        ]
        let reloadable = KeyTable.keys.filter(\.isReloadable).map(\.path)
        #expect(Set(reloadable) == Set(offline + single))
    }
}
