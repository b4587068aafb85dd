import Foundation
import Sandbox
import Testing

/// The commands of the built agent: what they print and how they end.
@Suite("the commands without an agent") struct CommandTests {
    private static let subcommands = [
        ("run", ["--config"]), ("doctor", ["--config", "--json"]), ("readers", []),
        ("read", ["--count", "--json"]), ("status", ["--config", "--json"]),
        ("pay", ["--title", "--reference", "--wait", "12.50", "1250fen"]),
        ("payments", ["list", "show", "receipt", "reverse", "submit", "write-off"]),
        ("payments list", ["--state", "--since", "--after"]),
        ("payments show", ["<seq>", "--json"]), ("payments reverse", ["<seq>"]),
        ("payments receipt", ["<seq>", "--width", "--language", "--copy", "--json", "> /dev/"]),
        ("payments submit", ["<seq>", "--why"]), ("payments write-off", ["<seq>", "--why"]),
        ("reconcile", ["--date", "--repair", "--json"]),
        ("lost-cards", ["list", "add", "remove", "import"]), ("lost-cards add", ["<card>"]),
        ("lost-cards remove", ["<card>"]), ("lost-cards import", ["<file>", "# version"]),
        ("lost-cards list", ["--limit", "--after"]),
        ("report", ["--date", "--format", "--ledger", "--no-wal"]),
        ("sync", ["--wait"]), ("export", ["--ledger", "--no-wal", "--key"]),
        ("replay", ["--original-stopped", "--dry-run", "--key"]),
        ("set-aside", ["--config", "--without-mirror"]),
        ("verify", ["--ledger", "--no-wal", "--json"]),
        ("waiting", ["--stopped", "--ledger", "--no-wal", "--json"]),
        ("token", ["get", "authorize-url", "parse-callback", "inspect"]),
        ("token get", ["--way", "--platform", "--open-id", "--show", "--keep", "--json"]),
        ("token authorize-url", ["--state", "--platform", "--response-type"]),
        ("token parse-callback", ["<url>", "--state", "--redirect-uri"]),
        ("token inspect", ["--about", "vouchers"]),
        ("config", ["check", "show", "keys"]), ("config check", ["--config"]),
        ("config show", ["masked"]), ("config keys", ["--json"]),
    ]

    static let help = """
        OVERVIEW: Turns a Linux box with a card reader into a payment terminal.
        EXAMPLES:
          kiosk-agent setup
          kiosk-agent doctor
          kiosk-agent pay 12.50
        USAGE: kiosk-agent <subcommand>
        OPTIONS:
          --version               Show the version.
          -h, --help              Show help information.
        SUBCOMMANDS:
          run                     Runs the agent in the foreground until SIGTERM or
                                  SIGINT.
          doctor                  Checks everything a payment needs; each line says
                                  what mends it.
          readers                 Lists readers and what is in them.
          read                    Prints card numbers as they are tapped, in every
                                  common format.
          status                  Shows the running agent's state.
          pay                     Starts a payment, asks for the tap, prints the
                                  outcome.
          payments                What happened, newest first.
          lost-cards              The local list of lost cards.
          sync                    Forwards what waits, now.
          reconcile               Asks the platform about every payment of a day and
                                  prints the differences.
          report                  The totals of one day.
          export                  Writes a signed journal of payments, for another
                                  machine.
          replay                  Delivers the payments of a terminal that has stopped,
                                  each once.
          verify                  Checks the ledger: SQLite's integrity, the audit
                                  chain, the totals.
          waiting                 Counts the payments whose money waits.
          set-aside               Renames a damaged ledger, so that the agent can start
                                  with a new one.
          setup                   First start: asks, checks against the real thing,
                                  writes the configuration.
          token                   Gets a token, to check credentials and platforms.
          config                  Checks and shows the configuration.
          See 'kiosk-agent help <subcommand>' for detailed help.
        """

    @Test("the help of the program names every command", arguments: ["--help", "-h", "help"])
    func rootHelp(_ argument: String) async throws {
        let (code, text) = try await run(argument)
        #expect(code == 0)
        #expect(text == Self.help)
    }

    @Test("the help of each command names its options", arguments: subcommands)
    func help(_ command: String, _ named: [String]) async throws {
        let words = command.split(separator: " ").map(String.init)
        let (code, text) = try await run(words + ["--help"])
        #expect(code == 0)
        #expect(text.hasPrefix("OVERVIEW: "))
        #expect(text.contains("USAGE: kiosk-agent \(command)"))
        for word in named { #expect(text.contains(word), "\(word)") }
    }

    @Test("the version is the newest heading of the changelog")
    func version() async throws {
        let (code, text) = try await run("--version")
        #expect(code == 0)
        #expect(text.wholeMatch(of: /\d+\.\d+\.\d+/) != nil)
        let changelog = try String(
            contentsOf: Program.root.appending(path: "CHANGELOG.md"), encoding: .utf8)
        if let heading = changelog.firstMatch(of: /\n## \[?v?(\d+\.\d+\.\d+)/) {
            #expect(text == String(heading.1))
        }
    }

    @Test(
        "a wrong command line is a usage error",
        arguments: [
            ["pay", "abc"], ["pay", "-5"], ["pay", "12.345"], ["pay", "0"], ["pay", "1e3"],
            ["pay", "1000000.01"], ["pay", "12,50"], ["pay"], ["pay", "1", "--wait", "0"],
            ["pay", "1", "--wait", "601"], ["read", "--count=-1"], ["nonsense"],
            ["status", "--nonsense"],
            ["payments", "show", "../etc"], ["payments", "reverse", "a b"],
            ["payments", "receipt"], ["payments", "receipt", "K0011", "--width", "40"],
            ["payments", "receipt", "K0011", "--language", "fr"],
            ["payments", "--state", "nope"], ["payments", "--state", "settled,"],
            ["payments", "--state", "settled&limit=1"], ["payments", "--since", "now"],
            ["payments", "--since", "2026-02-30"], ["payments", "--since", "-1"],
            ["payments", "--limit", "0"], ["payments", "--limit", "501"],
            ["lost-cards", "list", "--limit", "1001"], ["payments", "--after=-1"],
            ["payments", "submit", "a b"], ["payments", "write-off", "K0011"],
            ["lost-cards", "add", "b@d"], ["lost-cards", "add"], ["report", "--no-wal"],
            ["report", "--date", "2026-02-29"], ["report", "--format", "pdf"],
        ])
    func usage(_ arguments: [String]) async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let (code, text) = try await run(
            arguments + (arguments == ["nonsense"] ? [] : ["--config", kiosk.configuration.path]))
        #expect(code == 64, "\(text)")
        #expect(text.contains(/^error: the command line is not understood — .+ — see kiosk-agent/))
    }

    @Test(
        "without a running agent the commands say so",
        arguments: [
            ["status"], ["pay", "12.50"], ["payments"], ["payments", "show", "K0011"], ["sync"],
            ["payments", "reverse", "K0011"], ["payments", "submit", "K0011"], ["reconcile"],
            ["payments", "write-off", "K0011", "--why", "x"], ["lost-cards"],
            ["payments", "receipt", "K0011"],
            ["lost-cards", "add", "A1"], ["report"],
        ])
    func noAgent(_ arguments: [String]) async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let (code, text) = try await run(
            arguments + ["--config", kiosk.configuration.path])
        #expect(code == 69, "\(text)")
        #expect(text.hasPrefix("error: the agent does not answer — "))
        #expect(text.contains("kiosk-agent run"))
    }

    // MARK: Configuration

    @Test("a good configuration is in order; nothing is started for it")
    func goodConfiguration() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let (code, text) = try await kiosk.command("config", "check")
        #expect(code == 0)
        #expect(text.hasSuffix("\(kiosk.configuration.path) is in order"))
        #expect(!FileManager.default.fileExists(atPath: kiosk.directory.path + "/ledger.sqlite"))
    }

    /// What is added as line 12, and what is said about it after the file's name.
    private static let wrong = [
        ("sync: {concurency: 8}", ":12:8: sync.concurency: is not a known key", "concurrency"),
        ("fish: 1", ":12:1: fish: is not a known key", "allowed: "),
        ("sync: {concurrency: 0}", ":12:21: sync.concurrency: \"0\" is out of range", "1 to 64"),
        ("sync: {retry_min: soon}", ":12:19: sync.retry_min: \"soon\" has no unit", "allowed: "),
        ("offline: {enabled: maybe}", ":12:20: offline.enabled: \"maybe\" is neither", "true"),
        ("log: {level: loud}", ":12:14: log.level: \"loud\" is not one of", "allowed: trace, "),
        ("log: [level]", ":12:6: log: ", "allowed: level, format"),
        ("a: [1", "this is not YAML: ", " — "),
    ]

    @Test(
        "a wrong configuration is named by place, key, value and what is allowed",
        arguments: wrong)
    func wrongConfiguration(_ line: String, _ what: String, _ remedy: String) async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1", yaml: line)
        for command in [["config", "check"], ["config", "show"], ["run"], ["status"]] {
            let (code, text) = try await run(command + ["--config", kiosk.configuration.path])
            #expect(code == 78, "\(text)")
            #expect(text.hasPrefix("error: \(kiosk.configuration.path):"), "\(text)")
            #expect(text.contains(what) && text.contains(remedy), "\(text)")
            #expect(text.contains(/config\.yaml:\d+:\d+:\s/))
            #expect(!text.contains(SandboxServer.testClientSecret))
        }
    }

    @Test("a file that is not there, and an unknown variable, are errors")
    func missing() async throws {
        let (code, text) = try await run("config", "check", "--config", "/nonexistent/config.yaml")
        #expect(code == 78)
        #expect(text.hasPrefix("error: /nonexistent/config.yaml"))
        let kiosk = try Kiosk(
            platform: "http://127.0.0.1:1", environment: ["KIOSK_FISH": "1"])
        let unknown = try await kiosk.command("config", "check")
        #expect(unknown.code == 78)
        #expect(unknown.text.contains("KIOSK_FISH: is not a known variable"))
    }

    @Test("outside of the service its secrets may be missing, and that is said")
    func withoutSecrets() async throws {
        let yaml = """
            terminal: {id: K001, language: en}
            platform: {client_id: demo}
            reader: {source: simulated}
            """
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        try yaml.write(to: kiosk.configuration, atomically: true, encoding: .utf8)
        let checked = try await kiosk.command("config", "check")
        #expect(checked.code == 0, "\(checked.text)")
        #expect(checked.text.contains("warning: secrets are handed to the service alone"))
        #expect(try await kiosk.command("config", "show").code == 0)
        let service = try Kiosk(
            platform: "http://127.0.0.1:1", environment: ["CREDENTIALS_DIRECTORY": "/nonexistent"])
        try yaml.write(to: service.configuration, atomically: true, encoding: .utf8)
        let refused = try await service.command("config", "check")
        #expect(refused.code == 78 && refused.text.contains("client_secret: is missing"))
        // What nobody but the service can do says how root becomes it.
        let cure = "run this as the service: sudo /usr/lib/kiosk-agent/as-service "
        for command in [["set-aside"], ["replay", "a.journal", "--dry-run"]] {
            let outside = try await kiosk.command(command)
            #expect(outside.code == 78 && outside.text.contains(cure), "\(outside.text)")
            let inside = try await service.command(command)
            #expect(inside.code == 78 && !inside.text.contains(cure), "\(inside.text)")
        }
    }

    @Test("every key is shown with its value and its source, secrets masked")
    func show() async throws {
        let kiosk = try Kiosk(
            platform: "http://127.0.0.1:1", environment: ["KIOSK_TERMINAL_NAME": "Lane 3"])
        let (code, text) = try await kiosk.command("config", "show")
        #expect(code == 0)
        #expect(text.contains(/^key +value +from\n/))
        #expect(text.contains(/\nterminal\.name +Lane 3 +KIOSK_TERMINAL_NAME\n/))
        #expect(text.contains(/\nplatform\.request_timeout +1s +line 7\n/))
        #expect(text.contains(/\noffline\.payment_limit +5000 +default\n/))
        #expect(text.contains(/\nplatform\.client_secret +\*\*\*\* +line 5\n/))
        #expect(text.contains(/\napi\.operator_token +\*\*\*\* +line 10\n/))
        #expect(!text.contains(SandboxServer.testClientSecret))
        #expect(isPlain(text))
    }
}

/// The commands that talk to a running agent.
@Suite("the commands beside a running agent") struct OperatorCommandTests {
    @Test("a second agent on the same ledger ends at once and says why")
    func second() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let (code, text) = try await kiosk.command("run")
            #expect(code == 73)
            #expect(text.contains("error: the ledger is in use — another agent holds "))
            #expect(try await kiosk.call("GET", "/v1/status").status == 200)
            #expect(agent.isRunning)
        }
    }

    @Test(
        "a payment at the keyboard: asked for, tapped, told",
        arguments: [
            (Cards.normal, "settled", Int32(0)), (Cards.poor, "refused (balance_too_low)", 1),
            (Cards.lost, "refused (card_lost)", 1),
        ])
    func pay(card: String, outcome: String, code: Int32) async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: "log: {level: trace}")
            let agent = try await kiosk.start()
            let pay = try kiosk.begin("pay", "12.50", "--title", "Lunch")
            await pay.wait { lines in lines.contains { $0.contains("please tap the card") } }
            try await kiosk.tap(card)
            #expect(await pay.end() == code)
            let lines = pay.output
            #expect(lines.first?.contains(/^K001\d{13}: 12\.50 yuan — please tap/) == true)
            #expect(lines.last?.contains(": \(outcome) — 12.50 yuan") == true, "\(lines)")
            #expect(isPlain(lines.joined()))
            #expect(await sandbox.money(of: card).charges == (code == 0 ? 1 : 0))
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            #expect(leaks(agent.output, of: card) == [])
        }
    }

    @Test("an interrupt at the keyboard cancels the payment that waits")
    func interrupted() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let pay = try kiosk.begin("pay", "1250fen")
            await pay.wait { lines in lines.contains { $0.contains("please tap the card") } }
            pay.signal(SIGINT)
            #expect(await pay.end() == 1)
            #expect(pay.output.last?.contains(": cancelled") == true)
            #expect(try await kiosk.payments(in: "awaiting_card").isEmpty)
            #expect(agent.isRunning)
        }
    }

    @Test("what happened, as a list and one by one")
    func payments() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            #expect(try await kiosk.command("payments").text == "no payments")
            let seq = try await kiosk.request(1_250, reference: "receipt-1")
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "settled")
            let list = try await kiosk.command("payments")
            #expect(list.code == 0)
            #expect(list.text.contains(/^seq +made +state +reason +yuan +card +title\n/))
            let row = /\nK001\d{13}  \d{4}-\d\d-\d\d [\d:]{8}  settled +12\.50\s/
            #expect(list.text.contains(row), "\(list.text)")
            #expect(try await kiosk.command("payments", "--state", "held").text == "no payments")
            let since = ["2020-01-01", "2020-01-01T12:30", "2020-01-01T12:30:05", "0"]
            for moment in since + ["2099-01-01"] {
                let found = try await kiosk.command("payments", "--since", moment).text
                #expect(found.contains(seq) == since.contains(moment), "\(moment): \(found)")
            }
            let several = try await kiosk.command("payments", "--state", "held,settled")
            #expect(several.code == 0 && several.text.contains(seq), "\(several.text)")
            let json = try await kiosk.command("payments", "--json")
            #expect(json.text.hasPrefix(#"{"next":null,"payments":[{"amount":1250,"#))
            let shown = try await kiosk.command("payments", "show", seq)
            #expect(shown.code == 0)
            for part in [
                "state      settled", "amount     12.50 yuan", "reference  receipt-1",
                "\nbalance    ",
                "\noffline    no",
            ] {
                #expect(shown.text.contains(part), "\(shown.text)")
            }
            #expect(shown.text.contains(/awaiting_card[^\n]*\n[^\n]*pending[^\n]*\n[^\n]*settled/))
            let unknown = try await kiosk.command("payments", "show", "K0010000000000000")
            #expect(unknown.code == 1)
            #expect(unknown.text.hasPrefix("error: there is no such payment — "))
            #expect(isPlain(list.text + shown.text))
            let undone = try await kiosk.command("payments", "reverse", seq)
            #expect(undone.code == 0)
            #expect(try await kiosk.wait(for: seq, ["reversed"]) == "reversed")
            let next = try await kiosk.request(500)
            let page = try await kiosk.command("payments", "--limit", "1").text
            let cursor = try #require(page.firstMatch(of: /\nmore with --after (\d+)$/)).1
            let rest = try await kiosk.command("payments", "--after", String(cursor)).text
            #expect(page.contains(next) && !page.contains(seq), "\(page)")
            #expect(rest.contains(seq) && !rest.contains("more with"), "\(rest)")
            #expect(agent.isRunning)
        }
    }

    @Test("the state of the terminal, for people and for programs")
    func status() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            try await sandbox.waitForProbe()
            let (code, text) = try await kiosk.command("status")
            #expect(code == 0)
            #expect(text.contains("terminal   Canteen (K001)\n"))
            #expect(text.contains("reader     simulated\n"))
            #expect(text.contains(/\nplatform   online for \d+ s\n/))
            #expect(text.contains("storage    in order\n"))
            #expect(text.contains("cards      kept as they are: there is no data_key\n"))
            #expect(text.contains("\noffline    0.00 of 5000.00 yuan used\n"))
            #expect(text.hasSuffix("lost list  none was imported"))
            #expect(isPlain(text))
            let json = try await kiosk.command("status", "--json").text
            #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
            #expect(agent.isRunning)
        }
    }

    @Test("after an outage sync --wait stays until nothing waits")
    func sync() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: "sync: {retry_min: 100ms, retry_max: 1s}")
            let agent = try await kiosk.start()
            await sandbox.setNetwork(up: false)
            let pay = try kiosk.begin("pay", "12.50")
            await pay.wait { lines in lines.contains { $0.contains("please tap the card") } }
            try await kiosk.tap(Cards.normal)
            #expect(await pay.end() == 0)
            #expect(pay.output.last?.hasSuffix("approved offline") == true, "\(pay.output)")
            let status = try await kiosk.command("status").text
            #expect(status.contains(/\naccepted +1, 12\.50 yuan, oldest\s/), "\(status)")
            await sandbox.setNetwork(up: true)
            let (code, text) = try await kiosk.command("sync", "--wait")
            #expect(code == 0, "\(text)")
            #expect(text == "nothing waits")
            #expect(await sandbox.money(of: Cards.normal).charges == 1)
            #expect(leaks(agent.output, of: Cards.normal) == [])
        }
    }

    @Test("the list of lost cards: added, listed, removed; masked in what is not a list")
    func lostCards() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url, yaml: "log: {level: trace}")
            let agent = try await kiosk.start()
            #expect(try await kiosk.command("lost-cards").text == "no lost cards")
            let added = try await kiosk.command("lost-cards", "add", Cards.other)
            #expect(added.code == 0)
            #expect(added.text == "****B580 is refused from now on")
            let list = try await kiosk.command("lost-cards", "list")
            #expect(list.text.contains(/^card +source +since\n04D1E2F3A4B580  operator  \d{4}-/))
            let removed = try await kiosk.command("lost-cards", "remove", Cards.other)
            #expect(removed.code == 0)
            let again = try await kiosk.command("lost-cards", "remove", Cards.other)
            #expect(again.code == 1)
            #expect(leaks([added.text, removed.text, again.text], of: Cards.other) == [])
            #expect(leaks(agent.output, of: Cards.other) == [])
        }
    }

    @Test("an import takes a whole file or nothing of it, and names the bad line by its number")
    func imports() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let file = kiosk.directory.appending(path: "lost.txt")
            func bring(_ text: String) async throws -> (code: Int32, text: String) {
                try text.write(to: file, atomically: true, encoding: .utf8)
                return try await kiosk.command("lost-cards", "import", file.path)
            }
            let good = try await bring("# the office's list\n\nA1\n  A2  \r\n")
            #expect(good.code == 0 && good.text.hasPrefix("imported: "), "\(good.text)")
            let bad = try await bring("A3\n# fine\nb@d\nA4\n")
            #expect(bad.code == 65)
            #expect(bad.text.hasPrefix("error: \(file.path): line 3 is no card number"))
            #expect(bad.text.contains("nothing was imported") && !bad.text.contains("b@d"))
            let list = try await kiosk.command("lost-cards").text
            #expect(list.contains("\nA1 ") && list.contains("\nA2 ") && !list.contains("A3"))
            let missing = try await kiosk.command("lost-cards", "import", "/nonexistent/list")
            #expect(missing.code == 65)
            #expect(agent.isRunning)
        }
    }

    @Test("the doctor has a line for each part; what is wrong names what mends it")
    func doctor() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(
                platform: url, yaml: "reader: {source: pcsc}",
                environment: ["PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"])
            let agent = try await kiosk.start()
            let (code, text) = try await kiosk.command("doctor")
            #expect(code == 1)
            let lines = text.split(separator: "\n")
            #expect(lines.first?.hasPrefix("PROBLEM  pcscd: ") == true)
            #expect(lines.first?.hasSuffix(" systemctl start pcscd.socket") == true, "\(text)")
            for part in ["reader", "card access"] {
                let unseen = "PROBLEM  \(part): could not be looked at — "
                #expect(lines.contains { $0.hasPrefix(unseen) }, "\(text)")
            }
            for part in ["configuration", "clock", "disk", "ledger", "platform"] {
                #expect(lines.contains("ok       \(part)"), "\(text)")
            }
            #expect(lines.contains("ok       agent: running"), "\(text)")
            #expect(isPlain(text) && !text.contains(SandboxServer.testClientSecret))
            let json = try await kiosk.command("doctor", "--json").text
            struct Finding: Decodable {
                var part: String
                var ok: Bool
                var problem: String?
            }
            let findings = try JSONDecoder().decode([Finding].self, from: Data(json.utf8))
            #expect(findings.count == lines.count)
            #expect(findings.allSatisfy { $0.ok == ($0.problem == nil) })
            await sandbox.setNetwork(up: false)
            let down = try await kiosk.command("doctor")
            #expect(down.code == 1 && down.text.contains("PROBLEM  platform: "), "\(down.text)")
            #expect(agent.isRunning)
        }
    }
}

/// Runs the built agent with these arguments alone.
private func run(_ arguments: String...) async throws -> (code: Int32, text: String) {
    try await run(arguments)
}

private func run(_ arguments: [String]) async throws -> (code: Int32, text: String) {
    let program = try Program(
        Program.products.appending(path: "kiosk-agent"), arguments, environment: ["COLUMNS": "80"])
    let code = await program.end()
    return (code, program.output.joined(separator: "\n"))
}

/// Whether a text is without escapes and progress bars.
private func isPlain(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { $0 == "\n" || !($0.value < 32 || (127..<160) ~= $0.value) }
}

/// The lines that hold a whole card number, the client's secret or a token.
private func leaks(_ lines: [String], of card: String) -> [String] {
    let secrets = [card, SandboxServer.testClientSecret, "Bearer ", "access_token"]
    return lines.filter { line in
        secrets.contains { line.range(of: $0, options: .caseInsensitive) != nil }
    }
}

extension Kiosk {
    /// Starts a command that waits for something.
    fileprivate func begin(_ arguments: String...) throws -> Program {
        try Program(
            Program.products.appending(path: "kiosk-agent"),
            arguments + ["--config", configuration.path], environment: environment)
    }
}
