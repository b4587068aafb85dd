import Foundation
import Sandbox
import Testing

/// Card numbers at rest, from the tap to the replay on another board, with the built program.
@Suite("the card numbers of a kiosk with a key") struct SealedCardTests {
    private static let rules = "sync: {retry_min: 100ms, retry_max: 500ms, late_arrival: 1s}"
    private static let cards = [Cards.normal, Cards.other]

    /// What is left of a dead kiosk.
    enum Rest: String, CaseIterable, CustomTestStringConvertible {
        case ledger, mirror, export

        var testDescription: String { rawValue }
    }

    /// A kiosk that will die, another board with another key, and the pair of the recovery, whose
    /// private half is with the other board.
    private struct Site {
        let lost: Kiosk
        let other: Kiosk
        let secret: String

        init(_ platform: String) async throws {
            other = try Kiosk(
                platform: platform, yaml: rules,
                environment: ["KIOSK_LEDGER_DATA_KEY": "the data key of another board"])
            try other.rename(to: "K002")
            secret = other.directory.appending(path: "recovery.pem").path
            try await openssl(["genpkey", "-algorithm", "X25519", "-out", secret])
            try await openssl(["pkey", "-in", secret, "-pubout", "-out", secret + ".pub"])
            lost = try Kiosk(
                platform: platform, yaml: rules,
                environment: [
                    "KIOSK_LEDGER_DATA_KEY": "the data key of the dead board",
                    "KIOSK_LEDGER_RECOVERY_KEY": try String(
                        contentsOfFile: secret + ".pub", encoding: .utf8),
                ])
            try lost.addMirror()
        }

        /// Brings what is left to the other board.
        func move(_ rest: Rest) throws -> String {
            let taken = other.directory.appending(path: "taken").path
            let files = FileManager.default
            switch rest {
            case .ledger:
                for end in ["", "-wal"] {
                    try files.copyItem(
                        atPath: lost.directory.path + "/ledger.sqlite" + end, toPath: taken + end)
                }
            case .mirror:
                let newest = try #require(try lost.mirrorFiles().last)
                try files.copyItem(atPath: newest.path, toPath: taken)
            case .export:
                try files.copyItem(
                    atPath: lost.directory.path + "/export.journal", toPath: taken)
            }
            return taken
        }

        func replay(_ file: String, _ more: String...) async throws -> (code: Int32, text: String) {
            try await other.command(["replay", file, "--original-stopped"] + more)
        }
    }

    private static func openssl(_ arguments: [String]) async throws {
        let program = try Program(URL(filePath: "/usr/bin/env"), ["openssl"] + arguments)
        #expect(await program.end() == 0, "\(program.output)")
    }

    /// The files of a kiosk in which a card number stands.
    private func filesWithCards(_ kiosk: Kiosk) throws -> [String] {
        let root = kiosk.directory.path
        let names = try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
        #expect(names.contains { $0.hasSuffix(".sqlite") }, "\(names)")
        return names.filter { name in
            let data = FileManager.default.contents(atPath: root + "/" + name) ?? Data()
            return Self.cards.contains { data.range(of: Data($0.utf8)) != nil }
        }
    }

    /// A payment of each card, accepted without a network, then an export, then kill -9.
    private func die(_ site: Site, _ sandbox: SandboxServer) async throws -> [String] {
        let agent = try await site.lost.start()
        try await sandbox.waitForProbe()
        await sandbox.setNetwork(up: false)
        var seqs: [String] = []
        for card in Self.cards {
            let seq = try await site.lost.request(1_250)
            try await site.lost.tap(card)
            #expect(try await site.lost.outcome(seq).state == "accepted")
            // An operator sees the whole number.
            let shown = try await site.lost.command("payments", "show", seq)
            #expect(shown.text.contains(card), "\(shown.text)")
            seqs.append(seq)
        }
        let export = try await site.lost.command(
            "export", site.lost.directory.appending(path: "export.journal").path)
        #expect(export.code == 0, "\(export.text)")
        agent.signal(SIGKILL)
        await agent.end()
        await sandbox.setNetwork(up: true)
        return seqs
    }

    @Test(
        "no file has one, and the recovery key alone delivers what a dead board left, each once",
        arguments: Rest.allCases)
    func deadBoard(rest: Rest) async throws {
        try await withSandbox { sandbox, url in
            let site = try await Site(url)
            let seqs = try await die(site, sandbox)
            #expect(try filesWithCards(site.lost) == [])
            let file = try site.move(rest)
            let plan = try await site.other.command("replay", file, "--dry-run")
            #expect(plan.code == 0 && plan.text.contains("--key FILE"), "\(plan.text)")
            let bare = try await site.replay(file)
            #expect(bare.code == 78 && bare.text.contains("--key FILE"), "\(bare.text)")
            for _ in 1...2 {
                let end = try await site.replay(file, "--key", site.secret)
                #expect(end.code == 0, "\(end.text)")
                for seq in seqs { #expect(end.text.contains(seq)) }
            }
            for card in Self.cards {
                let money = await sandbox.money(of: card)
                #expect(money.charges == 1 && money.refunds == 0)
            }
            #expect(try filesWithCards(site.other) == [])
        }
    }

    @Test("a key that opens nothing is told apart: another pair, the public half, an encrypted one")
    func wrongKeys() async throws {
        try await withSandbox { sandbox, url in
            let site = try await Site(url)
            _ = try await die(site, sandbox)
            let file = try site.move(.ledger)
            let (second, locked) = (site.secret + ".second", site.secret + ".locked")
            try await Self.openssl(["genpkey", "-algorithm", "X25519", "-out", second])
            try await Self.openssl(
                ["pkey", "-in", second, "-aes256", "-passout", "pass:word", "-out", locked])
            let rows = [
                (second, "belongs to another public key"), (site.secret + ".pub", "the public one"),
                (locked, "it is encrypted"),
            ]
            for (key, word) in rows {
                let end = try await site.replay(file, "--key", key)
                #expect(end.code == 65 && end.text.contains(word), "\(end.text)")
            }
            let both = try await site.replay(file, "--key", second, "--key", site.secret)
            #expect(both.code == 64 && both.text.contains("one key too many"), "\(both.text)")
            #expect(await sandbox.money(of: Cards.normal).charges == 0)
        }
    }

    @Test("an export of a sealed ledger hands its texts on, and verify says what it left out")
    func handedOn() async throws {
        try await withSandbox { sandbox, url in
            let site = try await Site(url)
            _ = try await die(site, sandbox)
            let file = try site.move(.ledger)
            let journal = site.other.directory.appending(path: "out.journal").path
            let export = try await site.other.command("export", journal, "--ledger", file)
            #expect(export.code == 0, "\(export.text)")
            let text = try String(contentsOfFile: journal, encoding: .utf8)
            #expect(text.contains("\"card\":\"$1$") && !text.contains(Cards.normal), "\(text)")
            let own = try await site.lost.command("verify", "--ledger", file)
            #expect(own.code == 0 && own.text.contains("sound"), "\(own.text)")
            #expect(!own.text.contains("not checked"), "\(own.text)")
            let foreign = try await site.other.command("verify", "--ledger", file)
            #expect(foreign.code == 0, "\(foreign.text)")
            #expect(foreign.text.contains("the data_key of their cards is not here"))
            let end = try await site.replay(journal, "--key", site.secret)
            #expect(end.code == 0, "\(end.text)")
            #expect(await sandbox.money(of: Cards.normal).charges == 1)
        }
    }

    @Test("an agent without a key keeps numbers as they are, says so, and opens no sealed ledger")
    func withoutKey() async throws {
        try await withSandbox { sandbox, url in
            let site = try await Site(url)
            _ = try await die(site, sandbox)
            let run = ["run", "--config", site.lost.configuration.path]
            let path = Program.products.appending(path: "kiosk-agent")
            let keyless = try Program(path, run)
            #expect(await keyless.end() == 78)
            let output = keyless.output.joined(separator: "\n")
            #expect(output.contains("put the credential data_key back"), "\(output)")
            let stranger = try Program(path, run, environment: site.other.environment)
            #expect(await stranger.end() == 78)
            #expect(stranger.output.joined().contains("put the former credential data_key back"))
            let plain = try Kiosk(platform: url)
            let agent = try await plain.start()
            let words = agent.output.joined(separator: "\n")
            #expect(words.contains("card numbers are kept as they are"), "\(words)")
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
        }
    }
}
