import TerminalCore
import Testing

@testable import Settings

@Suite("What is wrong, in Chinese")
struct ProblemPhraseTests {
    static let told: [(text: String, chinese: String)] = [
        ("sync.concurrency: 0", "sync.concurrency: \"0\" 超出范围 — 允许：1 至 64"),
        ("terminal.language: de", "terminal.language: \"de\" 不是允许的词 — 允许：zh, en"),
        ("sync.concurency: 8", "sync.concurency: 不是已知的键 — 是否应为 sync.concurrency？"),
        ("log: info", "log: 是单个值，此处应为映射 — 允许：level, format"),
        (
            "payment.repeat_window: 5",
            "payment.repeat_window: \"5\" 没有单位 — "
                + "允许：100ms 至 10m，整数加单位 ms、s、m、h 或 d，或 0（每次刷卡都计）"
        ),
        (
            "platform.decision_deadline: 500ms",
            "platform.decision_deadline: 短于 platform.connect_timeout — "
                + "允许：不短于 platform.connect_timeout"
        ),
    ]

    @Test("places, keys and values stay as they are; the words are Chinese", arguments: told)
    func problem(_ row: (text: String, chinese: String)) {
        let problems = Sample.problems(adding: row.text + "\n")
        let place = problems.first?.place.description ?? ""
        #expect(place.hasPrefix(Sample.file + ":3:"))
        #expect(problems.map(\.phrase.zh) == [place + ": " + row.chinese])
    }

    @Test("what is missing, and several problems at once: one line for each")
    func several() {
        do throws(ConfigurationError) {
            _ = try SettingsLoader.load(text: "", file: "c.yaml", environment: [:])
            Issue.record("an empty file was taken")
        } catch {
            let lines = error.phrase.zh.split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines.first == "c.yaml: terminal.id: 缺失 — 请设置（1 至 12 个 A-Z a-z 0-9 字符）")
        }
    }

    @Test("warnings have both languages")
    func warnings() throws {
        let warnings = try Sample.load().warnings.map(\.zh)
        #expect(warnings.contains("没有操作员令牌：操作员请求会被拒绝"))
    }
}
