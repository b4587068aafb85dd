import Foundation
import Testing

/// What the help of each command shows.
@Suite("the examples in the help") struct HelpTests {
    /// Each command with its examples, as they stand behind `kiosk-agent`.
    private static let examples: [(command: String, lines: [String])] = [
        ("run", ["run", "run --config /etc/kiosk-agent/config.yaml"]),
        ("doctor", ["doctor", "doctor --json"]),
        ("readers", ["readers"]),
        ("read", ["read", "read --count 1 --json"]),
        ("status", ["status", "status --json"]),
        ("pay", ["pay 12.50", "pay 1250fen --title Lunch --reference receipt-17"]),
        ("payments", ["payments --state accepted,held", "payments show K0011700000000000"]),
        (
            "payments list",
            [
                "payments list --since 2026-11-21 --limit 500",
                "payments list --state refused --json",
            ]
        ),
        ("payments show", ["payments show K0011700000000000"]),
        (
            "payments receipt",
            [
                "payments receipt K0011700000000000",
                "payments receipt K0011700000000000 --width 48 > /dev/usb/lp0",
            ]
        ),
        ("payments reverse", [#"payments reverse K0011700000000000 --why "paid twice""#]),
        ("payments submit", [#"payments submit K0011700000000000 --why "card was found""#]),
        ("payments write-off", [#"payments write-off K0011700000000000 --why "guest left""#]),
        ("lost-cards", ["lost-cards", "lost-cards add 04A23B1C5D6E80"]),
        ("lost-cards list", ["lost-cards list --limit 1000"]),
        ("lost-cards add", ["lost-cards add 04A23B1C5D6E80"]),
        ("lost-cards remove", ["lost-cards remove 04A23B1C5D6E80"]),
        ("lost-cards import", ["lost-cards import lost.txt"]),
        ("sync", ["sync", "sync --wait"]),
        ("reconcile", ["reconcile --date 2026-11-21", "reconcile --date 2026-11-21 --repair"]),
        ("report", ["report", "report --date 2026-11-21 --format csv"]),
        ("export", ["export K001.journal", "export K001.journal --ledger ledger.sqlite"]),
        ("replay", ["replay K001.journal --dry-run", "replay K001.journal --original-stopped"]),
        ("verify", ["verify", "verify --ledger ledger.sqlite"]),
        ("waiting", ["waiting", "waiting --stopped"]),
        ("set-aside", ["set-aside"]),
        ("setup", ["setup", "setup --answers answers.yaml"]),
        ("token", ["token get --way terminal", "token inspect --about accounts"]),
        (
            "token get",
            [
                "token get --way card --card 04A23B1C5D6E80",
                "token get --way sms --phone 13800000001",
            ]
        ),
        ("token authorize-url", ["token authorize-url --state 9f3c61d0"]),
        ("token parse-callback", ["token parse-callback URL --state 9f3c61d0"]),
        ("token inspect", ["token inspect --about vouchers --limit 10"]),
        ("config", ["config check", "config show"]),
        ("config check", ["config check --config new.yaml"]),
        ("config show", ["config show"]),
        ("config keys", ["config keys", "config keys --json"]),
    ]

    private static func help(_ command: String) async throws -> String {
        let words = command.split(separator: " ").map(String.init)
        let program = try Program(
            Program.products.appending(path: "kiosk-agent"), words + ["--help"],
            environment: ["COLUMNS": "80"])
        #expect(await program.end() == 0)
        return program.output.joined(separator: "\n")
    }

    @Test("stand under their heading, before the usage", arguments: examples)
    func shown(command: String, lines: [String]) async throws {
        let text = try await Self.help(command)
        let list = lines.map { "  kiosk-agent \($0)\n" }.joined()
        #expect(text.contains("\nEXAMPLES:\n\(list)USAGE: kiosk-agent \(command)"), "\(text)")
    }

    @Test("use options that the command has", arguments: examples)
    func options(command: String, lines: [String]) async throws {
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            let path = words.prefix { $0.wholeMatch(of: /[a-z][a-z-]*/) != nil }
            var help = try await Self.help(path.joined(separator: " "))
            if let standard = help.firstMatch(of: /\n {2}([a-z-]+) \(default\)/) {
                help += try await Self.help("\(path.joined(separator: " ")) \(standard.1)")
            }
            for option in words where option.hasPrefix("--") {
                #expect(help.contains("\(option) ") || help.contains("\(option)\n"), "\(line)")
            }
        }
    }

    @Test("no command is without: each subcommand of the help is in this table")
    func complete() async throws {
        var commands: Set<String> = []
        for parent in ["", "payments", "lost-cards", "token", "config"] {
            let list = try await Self.help(parent).split(separator: "SUBCOMMANDS:\n").last ?? ""
            let names = list.matches(of: /(?m:^) {2}([a-z-]+)[ \n]/).map { String($0.1) }
            commands.formUnion(names.map { parent.isEmpty ? $0 : "\(parent) \($0)" })
        }
        #expect(commands.subtracting(Self.examples.map(\.command)) == [])
        #expect(commands.count > 30)
    }
}
