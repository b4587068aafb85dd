import Foundation
import Instruments
import Testing

@testable import LocalAPI

/// Documents, alerts and dashboard speak of the metrics that there are.
@Suite("The names of the metrics") struct MetricNamesTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
    }

    private func families() async throws -> [MetricFamily] {
        var families: [MetricFamily] = []
        try await withAPI { api in
            families = try #require(await api.server?.snapshot()).families
        }
        return families
    }

    /// Every metric that `text` names, without the suffixes of a histogram's samples.
    private func names(in text: String, _ families: [MetricFamily]) -> Set<String> {
        let histograms = Set(families.filter { $0.kind == .histogram }.map(\.name))
        return Set(
            text.matches(of: /kiosk_[a-z_]+/).map { match in
                let name = String(match.output)
                for suffix in ["_bucket", "_sum", "_count"] where name.hasSuffix(suffix) {
                    let plain = String(name.dropLast(suffix.count))
                    if histograms.contains(plain) { return plain }
                }
                return name
            })
    }

    @Test("docs/metrics.md has one line for each, in their order, with its kind")
    func documented() async throws {
        let lines = try text("docs/metrics.md").matches(
            of: /^\| `(kiosk_[a-z_]+)` \| (counter|gauge|histogram) \|/.anchorsMatchLineEndings()
        ).map { "\($0.1) \($0.2)" }
        let families = try await families()
        #expect(lines == families.map { "\($0.name) \($0.kind.rawValue)" })
        #expect(families.count > 30)
    }

    @Test("counters end with _total, and nothing else does; all have a sentence")
    func forms() async throws {
        for family in try await families() {
            #expect(family.name.hasPrefix("kiosk_"))
            #expect(family.name.hasSuffix("_total") == (family.kind == .counter), "\(family.name)")
            #expect(family.help.hasSuffix(".") && family.help.count < 100, "\(family.name)")
        }
    }

    @Test("alerts name metrics that there are; each is explained where its runbook points")
    func alerts() async throws {
        let families = try await families()
        let alerts = try text("deploy/monitoring/alerts.yaml")
        let known = Set(families.map(\.name))
        #expect(names(in: alerts, families).subtracting(known) == [])
        let rules = alerts.matches(of: /- alert: (\w+)/).map { String($0.1) }
        let runbooks = alerts.matches(of: /runbook: docs\/operating\.md#(\w+)/)
            .map { String($0.1) }
        #expect(rules.count > 15 && runbooks == rules.map { $0.lowercased() })
        let heading = /^### (Kiosk\w+)$/.anchorsMatchLineEndings()
        let headings = try text("docs/operating.md").matches(of: heading).map { String($0.1) }
        #expect(headings == rules)
    }

    @Test("the dashboard shows every metric, and none that there is not")
    func dashboard() async throws {
        let families = try await families()
        let text = try text("deploy/monitoring/kiosk-agent-dashboard.json")
        #expect(names(in: text, families) == Set(families.map(\.name)))
    }

    @Test("the dashboard has a form that Grafana loads")
    func grafana() throws {
        let data = Data(try text("deploy/monitoring/kiosk-agent-dashboard.json").utf8)
        let board = try JSONDecoder().decode(Dashboard.self, from: data)
        #expect(board.schemaVersion >= 36 && !board.uid.isEmpty && !board.title.isEmpty)
        #expect(board.templating.list.first?.type == "datasource")
        #expect(Set(board.panels.map(\.id)).count == board.panels.count)
        var taken: Set<[Int]> = []
        for panel in board.panels {
            let place = panel.gridPos
            #expect(place.x + place.w <= 24, "\(panel.title)")
            for x in place.x..<(place.x + place.w) {
                for y in place.y..<(place.y + place.h) {
                    #expect(taken.insert([x, y]).inserted, "\(panel.title) covers another one")
                }
            }
            let isRow = panel.type == "row"
            #expect(isRow || panel.datasource?.uid == "${datasource}", "\(panel.title)")
            #expect(isRow || panel.targets?.isEmpty == false, "\(panel.title)")
        }
    }

    private struct Dashboard: Decodable {
        struct Variable: Decodable { var type: String }
        struct Templating: Decodable { var list: [Variable] }
        struct Place: Decodable {
            var x: Int
            var y: Int
            var w: Int
            var h: Int
        }
        struct Source: Decodable { var uid: String }
        struct Target: Decodable { var expr: String }
        struct Panel: Decodable {
            var id: Int
            var title: String
            var type: String
            var gridPos: Place
            var datasource: Source?
            var targets: [Target]?
        }

        var uid: String
        var title: String
        var schemaVersion: Int
        var templating: Templating
        var panels: [Panel]
    }
}
