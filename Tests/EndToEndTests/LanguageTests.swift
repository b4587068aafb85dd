import Foundation
import Sandbox
import Testing

/// The commands speak the terminal's language to people, and English to programs.
@Suite("the language of the commands") struct LanguageTests {
    private static let chinese = ["KIOSK_TERMINAL_LANGUAGE": "zh"]

    @Test("an error says what, why and what to do in the terminal's language")
    func error() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1", environment: Self.chinese)
        let (code, text) = try await kiosk.command("status")
        #expect(code == 69)
        #expect(
            text == "错误：终端程序没有应答 — \(kiosk.socket) 上没有程序监听，或当前用户无权连接 — "
                + "请用 kiosk-agent run 启动，或加入其用户组")
        let usage = try await kiosk.command("pay", "abc")
        #expect(usage.code == 64)
        #expect(
            usage.text == "错误：无法理解命令行 — AMOUNT 必须为元（如 12.50）或分（如 1250fen），从 0.01 到 1000000.00 元 "
                + "— 请查看 kiosk-agent pay --help", "\(usage.text)")
        let limit = try await kiosk.command("payments", "--limit", "0").text
        #expect(limit.contains(" — --limit 必须为 1 至 500 — "), "\(limit)")
    }

    @Test("without a configuration the environment's language counts")
    func environment() async throws {
        for (variable, begin) in [
            (["LC_ALL": "zh_CN.UTF-8"], "错误："), (["LC_ALL": "", "LANG": "zh_CN.UTF-8"], "错误："),
            (["LC_ALL": "en_US.UTF-8", "LANG": "zh_CN.UTF-8"], "error: "),
            (["LC_ALL": "", "LC_MESSAGES": "", "LANG": ""], "error: "),
        ] {
            let program = try Program(
                Program.products.appending(path: "kiosk-agent"),
                ["status", "--config", "/nonexistent/config.yaml"], environment: variable)
            #expect(await program.end() == 78)
            #expect(program.output.first?.hasPrefix(begin) == true, "\(program.output)")
        }
    }

    @Test("what is wrong with a configuration, and what it warns of")
    func configuration() async throws {
        let plain = try Kiosk(
            platform: "http://127.0.0.1:1", yaml: "platform.allow_plaintext: true",
            environment: Self.chinese)
        let path = plain.configuration.path
        let checked = try await plain.command("config", "check")
        #expect(checked.code == 0)
        #expect(
            checked.text
                == "注意：platform.allow_plaintext 为 true：交易在途中可被读取和篡改\n\(path) 正常")
        let shown = try await plain.command("config", "show").text
        #expect(shown.contains(/^键 +值 +来源\n/), "\(shown)")
        #expect(shown.contains(/\nsync\.concurrency +8 +默认值\n/), "\(shown)")
        // Such a file cannot tell its language.
        let wrong = try Kiosk(
            platform: "http://127.0.0.1:1", yaml: "sync.concurrency: 0",
            environment: ["LC_ALL": "zh_CN.UTF-8"])
        for command in [["config", "check"], ["run"]] {
            let (code, text) = try await wrong.command(command)
            #expect(code == 78)
            #expect(text.hasPrefix("错误：\(wrong.configuration.path):"), "\(text)")
            #expect(
                text.hasSuffix(": sync.concurrency: \"0\" 超出范围 — 允许：1 至 64"), "\(text)")
        }
    }

    @Test("the doctor's lines are Chinese; its JSON is English")
    func doctor() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1", environment: Self.chinese)
        let (code, text) = try await kiosk.command("doctor")
        #expect(code == 1)
        let lines = text.split(separator: "\n")
        #expect(lines.first == "正常     读卡器：模拟读卡器，不使用真实设备", "\(text)")
        #expect(lines.contains("正常     账本"), "\(text)")
        #expect(
            lines.last == "问题     平台：无法连接平台 — 连接被拒绝 — 请检查网络和 platform.base_url",
            "\(text)")
        let json = try await kiosk.command("doctor", "--json").text
        #expect(json.contains(#""part":"platform","problem":"the platform cannot be reached — "#))
        #expect(json.allSatisfy { $0.isASCII || $0 == "—" }, "\(json)")
    }

    @Test("a payment at the keyboard, its state, and what the agent refuses")
    func pay() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url, environment: Self.chinese)
            let agent = try await kiosk.start()
            let pay = try Program(
                Program.products.appending(path: "kiosk-agent"),
                ["pay", "12.50", "--config", kiosk.configuration.path],
                environment: kiosk.environment)
            await pay.wait { lines in lines.contains { $0.hasSuffix("：12.50 元 — 请刷卡") } }
            try await kiosk.tap(Cards.poor)
            #expect(await pay.end() == 1)
            let last = pay.output.last ?? ""
            #expect(last.contains("：已拒绝（余额不足） — 12.50 元 卡 ****"), "\(last)")
            let status = try await kiosk.command("status").text
            #expect(status.contains(/(^|\n)终端 +Canteen \(K001\)\n/), "\(status)")
            #expect(status.contains("\n存储      正常\n"), "\(status)")
            let list = try await kiosk.command("payments").text
            #expect(
                list.contains(#/^编号 +时间 +状态 +原因 +金额（元） +卡 +名称\n/#), "\(list)")
            #expect(list.contains(#/ 已拒绝 +余额不足 +12\.50 /#), "\(list)")
            let seq = try #require(list.firstMatch(of: /K001\d{13}/)).output
            let shown = try await kiosk.command("payments", "show", String(seq)).text
            #expect(shown.contains(#/\n状态 +已拒绝 \(余额不足\)\n金额 +12\.50 元\n/#), "\(shown)")
            #expect(shown.contains(#/\n离线 +否\n/#) && shown.contains("终端程序"), "\(shown)")
            #expect(try await kiosk.command("lost-cards", "add", Cards.other).code == 0)
            let cards = try await kiosk.command("lost-cards").text
            #expect(cards.contains(#/^卡 +来源 +起始\n[0-9A-Z]+ +操作员 /#), "\(cards)")
            let unknown = try await kiosk.command("payments", "show", "K0010000000000000")
            #expect(unknown.text == "错误：没有找到 — 没有这笔交易或这个条目 — 请核对编号")
            #expect(try await kiosk.command("sync", "--wait").text == "没有待上传的交易")
            #expect(try await kiosk.command("waiting").text == "没有待处理的款项")
            let verified = try await kiosk.command("verify").text
            #expect(verified.contains(#/\n结果 +完好/#), "\(verified)")
            let compared = try await kiosk.command("reconcile").text
            #expect(compared.contains("处差异，已修复 "), "\(compared)")
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            #expect(agent.output.allSatisfy { !$0.contains("平台") }, "the log is English")
        }
    }
}
