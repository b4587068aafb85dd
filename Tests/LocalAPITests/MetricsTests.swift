import Instruments
import Ledger
import NIOHTTP1
import TerminalAgent
import TerminalCore
import TerminalTesting
import Testing

@testable import LocalAPI

@Suite("GET /metrics") struct MetricsTests {
    private func scrape(_ api: APIBench) async throws -> MetricsPage {
        let answer = try await api.call(.GET, "/metrics")
        #expect(answer.status == 200)
        #expect(answer.headers.first(name: "content-type") == MetricText.contentType)
        #expect(answer.headers.first(name: "cache-control") == "no-store")
        #expect(!answer.text.contains(Sample.card().exposed))
        #expect(!answer.text.contains(APIBench.token))
        return try MetricsPage(answer.text)
    }

    @Test("anybody on the machine reads what is open, what happened and how the parts are")
    func page() async throws {
        try await withAPI { api in
            let events = api.agent.events()
            _ = try await api.paid()
            for await case .screen(let screen) in events {
                if case .approved = screen { break }
            }
            _ = try await api.request(700)
            api.clock.advance(by: .seconds(5))
            let page = try await scrape(api)
            let expected: [(String, [String: String], Double)] = [
                ("kiosk_build_info", ["terminal": "K001", "version": "1.2.3"], 1),
                ("kiosk_start_time_seconds", [:], 1_767_614_400),
                ("kiosk_clock_synchronised", [:], 1),
                ("kiosk_payments_open", ["state": "awaiting_card"], 1),
                ("kiosk_payments_open", ["state": "held"], 0),
                ("kiosk_payments_open_fen", ["state": "awaiting_card"], 700),
                ("kiosk_payments_open_oldest_age_seconds", ["state": "awaiting_card"], 5),
                ("kiosk_payment_changes_total", ["state": "awaiting_card"], 2),
                ("kiosk_payment_changes_total", ["state": "settled"], 1),
                ("kiosk_offline_approvals_total", [:], 0),
                ("kiosk_unforwarded_fen", [:], 0),
                ("kiosk_offline_total_limit_fen", [:], 500_000),
                ("kiosk_offline_max_age_seconds", [:], 259_200),
                ("kiosk_tap_to_answer_seconds_count", ["answer": "approved"], 1),
                ("kiosk_tap_to_answer_seconds_bucket", ["answer": "declined", "le": "0.025"], 0),
                ("kiosk_platform_state", ["state": "online"], 1),
                ("kiosk_platform_state", ["state": "offline"], 0),
                ("kiosk_breaker_open", [:], 0), ("kiosk_forwarding_stopped", [:], 0),
                ("kiosk_platform_calls_total", ["result": "silent"], 0),
                ("kiosk_delivery_seconds_count", [:], 1),
                ("kiosk_reader_ready", [:], 1), ("kiosk_storage_ok", [:], 1),
            ]
            for (name, labels, value) in expected {
                #expect(page.value(name, labels) == value, "\(name) \(labels)")
            }
            // There is neither a mirror nor a scanner nor a list: nothing is said of them.
            for name in ["kiosk_mirror_ok", "kiosk_scanner_ready", "kiosk_lost_list_age_seconds"] {
                #expect(page.families.first { $0.name == name }?.samples == [], "\(name)")
            }
            #expect((page.value("kiosk_ledger_commits_total") ?? 0) >= 4)
        }
    }

    @Test("money that waits is told with its reason, its sum and its age")
    func waiting() async throws {
        try await withAPI { api in
            await api.platform.reachable(false)
            for card in 1...2 {
                _ = try await api.ledger.recordTap(
                    Sample.draft(1_000), card: Sample.card(card), rules: Sample.tapRules(up: false),
                    now: api.clock.now())
            }
            api.clock.advance(by: .seconds(90))
            let page = try await scrape(api)
            let why = ["state": "accepted", "reason": "platform_unreachable"]
            #expect(page.value("kiosk_payments_open", why) == 2)
            #expect(page.value("kiosk_payments_open", ["state": "accepted"]) == 0)
            #expect(page.value("kiosk_payments_open_fen", why) == 2_000)
            #expect(page.value("kiosk_payments_open_oldest_age_seconds", why) == 90)
            #expect(page.value("kiosk_payment_changes_total", why) == 2)
            #expect(page.value("kiosk_offline_approvals_total") == 2)
            #expect(page.value("kiosk_unforwarded_fen") == 2_000)
            #expect(page.value("kiosk_unforwarded_oldest_age_seconds") == 90)
        }
    }

    @Test("a page that listens is counted")
    func streams() async throws {
        try await withAPI { api in
            let stream = try await api.open(.GET, "/v1/events")
            let page = try await scrape(api)
            #expect(page.value("kiosk_event_streams") == 1)
            withExtendedLifetime(stream) {}
        }
    }

    @Test("a stream counts as long as somebody holds it")
    func held() {
        let count = StreamCount()
        var open = [count.begin(), count.begin()]
        #expect(count.now == open.count)
        open.removeLast()
        #expect(count.now == open.count)
        open.removeAll()
        #expect(count.now == 0)
    }

    @Test("while the ledger cannot be read, all else is told, and that")
    func unreadable() async throws {
        try await withAPI { api in
            var snapshot = try #require(await api.server?.snapshot())
            let whole = try MetricsPage(MetricText.text(snapshot.families))
            (snapshot.books, snapshot.storageIsFine) = (nil, false)
            let page = try MetricsPage(MetricText.text(snapshot.families))
            #expect(page.value("kiosk_storage_ok") == 0)
            #expect(page.value("kiosk_payments_open", ["state": "held"]) == nil)
            #expect(page.value("kiosk_reader_ready") == 1)
            #expect(page.families.map(\.name) == whole.families.map(\.name))
        }
    }
}
