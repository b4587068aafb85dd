import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Sandbox
import Testing

/// A terminal is lost; what its mirror, an export or its ledger's file holds is replayed on another
/// machine, with the built program against the sandbox.
@Suite("the payments of a lost terminal") struct ReplayTests {
    private static let rules = "sync: {retry_min: 100ms, retry_max: 500ms, late_arrival: 1s}"

    /// A terminal with a mirror, and another machine that is not K001.
    private struct Site {
        let lost: Kiosk
        let other: Kiosk

        init(_ platform: String) throws {
            lost = try Kiosk(platform: platform, yaml: rules)
            other = try Kiosk(platform: platform, yaml: rules)
            try lost.addMirror()
            try other.rename(to: "K002")
        }

        /// The newest file of the mirror, on the other machine.
        func mirror() throws -> String {
            let from = try #require(try lost.mirrorFiles().last)
            let to = other.directory.appending(path: from.lastPathComponent)
            if !FileManager.default.fileExists(atPath: to.path) {
                try FileManager.default.copyItem(at: from, to: to)
            }
            return to.path
        }

        func replay(_ file: String, _ more: String...) async throws -> (code: Int32, text: String) {
            try await other.command(["replay", file, "--original-stopped"] + more)
        }
    }

    /// Two payments accepted without a network, then kill -9 and no restart.
    private func lose(
        _ site: Site, _ sandbox: SandboxServer, before: () async throws -> Void = {}
    ) async throws -> [String] {
        let agent = try await site.lost.start()
        try await sandbox.waitForProbe()
        await sandbox.setNetwork(up: false)
        var seqs: [String] = []
        for card in [Cards.normal, Cards.other] {
            let seq = try await site.lost.request(1_250)
            try await site.lost.tap(card)
            #expect(try await site.lost.outcome(seq).state == "accepted")
            seqs.append(seq)
        }
        try await before()
        agent.signal(SIGKILL)
        await agent.end()
        await sandbox.setNetwork(up: true)
        return seqs
    }

    private func expectOneCharge(_ sandbox: SandboxServer) async {
        for card in [Cards.normal, Cards.other] {
            let money = await sandbox.money(of: card)
            #expect(money.charges == 1 && money.refunds == 0)
        }
    }

    @Test("the mirror alone is enough: each is charged once, however often it is replayed")
    func mirror() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            let seqs = try await lose(site, sandbox)
            for _ in 1...2 {
                let end = try await site.replay(try site.mirror())
                #expect(end.code == 0, "\(end.text)")
                for seq in seqs { #expect(end.text.contains(seq)) }
            }
            await expectOneCharge(sandbox)
        }
    }

    @Test("an export is enough, and so is a copy of the ledger with its -wal", arguments: [1, 2])
    func others(way: Int) async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            let file = site.other.directory.appending(path: "taken").path
            _ = try await lose(site, sandbox) {
                guard way == 1 else { return }
                let export = try await site.lost.command("export", file)
                #expect(export.code == 0, "\(export.text)")
            }
            if way == 2 {
                for end in ["", "-wal"] {
                    try FileManager.default.copyItem(
                        atPath: site.lost.directory.path + "/ledger.sqlite" + end,
                        toPath: file + end)
                }
            }
            let end = try await site.replay(file)
            #expect(end.code == 0, "\(end.text)")
            await expectOneCharge(sandbox)
        }
    }

    @Test("an export of a ledger file is a whole journal, and its file is private")
    func exportOfFile() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            let seqs = try await lose(site, sandbox)
            let journal = site.other.directory.appending(path: "out.journal").path
            let ledger = site.lost.directory.path + "/ledger.sqlite"
            let export = try await site.other.command("export", journal, "--ledger", ledger)
            #expect(export.code == 0, "\(export.text)")
            let attributes = try FileManager.default.attributesOfItem(atPath: journal)
            #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            let again = try await site.other.command("export", journal, "--ledger", ledger)
            #expect(again.code == 73, "\(again.text)")
            let plan = try await site.other.command("replay", journal, "--dry-run")
            #expect(plan.code == 0, "\(plan.text)")
            for seq in seqs { #expect(plan.text.contains(seq)) }
            let requests = await sandbox.money(of: Cards.normal)
            #expect(requests.charges == 0)
        }
    }

    @Test("a ledger copied without its -wal is refused unless it was closed cleanly")
    func withoutWAL() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            _ = try await lose(site, sandbox)
            let file = site.other.directory.appending(path: "taken").path
            try FileManager.default.copyItem(
                atPath: site.lost.directory.path + "/ledger.sqlite", toPath: file)
            let end = try await site.replay(file)
            #expect(end.code == 65 && end.text.contains("-wal is missing"), "\(end.text)")
        }
    }

    @Test("what was delivered before the loss is not charged again")
    func delivered() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            var taken = ""
            _ = try await lose(site, sandbox) {
                taken = try site.mirror()
                await sandbox.setNetwork(up: true)
                _ = try await site.lost.command("sync", "--wait")
                try await site.lost.waitUntilNothingIsOpen()
            }
            let end = try await site.replay(taken)
            #expect(end.code == 0, "\(end.text)")
            await expectOneCharge(sandbox)
        }
    }

    @Test("what was refunded before the loss is not charged again")
    func refunded() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            _ = try await lose(site, sandbox) {
                let list = try await site.lost.call("GET", "/v1/payments?state=accepted")
                for payment in list.json["payments"] as? [[String: Any]] ?? [] {
                    _ = try await site.lost.call(
                        "DELETE", "/v1/payments/\(payment["seq"] as? String ?? "")")
                }
            }
            let end = try await site.replay(try site.mirror())
            #expect(end.code == 0, "\(end.text)")
            // What was never sent may have been undone before the kill; then nothing is owed.
            #expect(!end.text.contains("settled"), "\(end.text)")
            for card in [Cards.normal, Cards.other] {
                let money = await sandbox.money(of: card)
                #expect(money.charges == money.refunds)
            }
        }
    }

    @Test(
        "a kill -9 during the replay loses nothing and charges nothing twice",
        arguments: CrashTests.Step.allCases)
    func killed(step: CrashTests.Step) async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            _ = try await lose(site, sandbox)
            await sandbox.setFaults([step.fault])
            let replay = try Program(
                Program.products.appending(path: "kiosk-agent"),
                [
                    "replay", try site.mirror(), "--original-stopped", "--config",
                    site.other.configuration.path,
                ])
            try await sandbox.wait(forPOSTOf: step.path)
            replay.signal(SIGKILL)
            await replay.end()
            let end = try await site.replay(try site.mirror())
            #expect(end.code == 0, "\(end.text)")
            try await sandbox.settleDown()
            await expectOneCharge(sandbox)
        }
    }

    @Test("an unreachable platform is said, and the next run goes on")
    func unreachable() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            _ = try await lose(site, sandbox)
            await sandbox.setNetwork(up: false)
            let away = try await site.replay(try site.mirror())
            #expect(away.code == 69, "\(away.text)")
            await sandbox.setNetwork(up: true)
            let end = try await site.replay(try site.mirror())
            #expect(end.code == 0, "\(end.text)")
            await expectOneCharge(sandbox)
        }
    }

    @Test("it wants the word that the original has stopped, the right key and an untouched file")
    func refusals() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            _ = try await lose(site, sandbox)
            let file = try site.mirror()
            let bare = try await site.other.command("replay", file)
            #expect(bare.code == 1 && bare.text.contains("--original-stopped"), "\(bare.text)")
            let key = site.other.directory.appending(path: "key")
            try "another secret\n".write(to: key, atomically: true, encoding: .utf8)
            let wrong = try await site.replay(file, "--key", key.path)
            #expect(wrong.code == 65 && wrong.text.contains("--key"), "\(wrong.text)")
            let text = try String(contentsOfFile: file, encoding: .utf8)
            try text.replacing("\"amount\":1250", with: "\"amount\":1", maxReplacements: 1)
                .write(toFile: file, atomically: true, encoding: .utf8)
            let edited = try await site.replay(file)
            #expect(edited.code == 65 && edited.text.contains("line 2"), "\(edited.text)")
            #expect(await sandbox.money(of: Cards.normal).charges == 0)
        }
    }

    @Test("a secret that was changed since checks the file, and the present one delivers it")
    func changedSecret() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            _ = try await lose(site, sandbox)
            let key = site.other.directory.appending(path: "key")
            try "the former secret\n".write(to: key, atomically: true, encoding: .utf8)
            let file = site.other.directory.appending(path: "out.journal").path
            let ledger = site.lost.directory.path + "/ledger.sqlite"
            let export = try await site.other.command(
                "export", file, "--ledger", ledger, "--key", key.path)
            #expect(export.code == 0, "\(export.text)")
            let end = try await site.replay(file, "--key", key.path)
            #expect(end.code == 0, "\(end.text)")
            await expectOneCharge(sandbox)
        }
    }

    @Test("a living terminal is not replayed, nor one whose own ledger still has the payments")
    func living() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            _ = try await lose(site, sandbox)
            let file = try site.mirror()
            let own = try await site.lost.command("replay", file, "--original-stopped")
            #expect(own.code == 1 && own.text.contains("own ledger"), "\(own.text)")
            let agent = try await site.lost.start()
            let living = try await site.lost.command("replay", file, "--original-stopped")
            #expect(living.code == 1 && living.text.contains("is alive"), "\(living.text)")
            try await site.lost.waitUntilNothingIsOpen()
            agent.signal(SIGTERM)
            await agent.end()
            await expectOneCharge(sandbox)
        }
    }

    @Test("a journal that is sent to another terminal's agent is delivered once, with events")
    func sent() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            let file = site.other.directory.appending(path: "taken").path
            let seqs = try await lose(site, sandbox) {
                let export = try await site.lost.command("export", file)
                #expect(export.code == 0, "\(export.text)")
            }
            let journal = try String(contentsOfFile: file, encoding: .utf8)
            let agent = try await site.other.start()
            let plan = try await site.other.send(journal, "dry_run=true")
            #expect(plan.status == 200 && plan.text.contains(#""deliver":2"#), "\(plan.text)")
            let bare = try await site.other.send(journal, "")
            #expect(bare.status == 400 && bare.text.contains("original_stopped"), "\(bare.text)")
            for _ in 1...2 {
                let events = try await site.other.replay(journal)
                #expect(events.contains("event: replay\ndata: {\"done\":0,"), "\(events)")
                let end = #"{"done":2,"running":false,"terminal":"K001","total":2}"#
                #expect(events.contains("event: replay\ndata: \(end)\n"), "\(events)")
                let whole = try await site.other.call("GET", "/v1/replay")
                let payments = whole.json["payments"] as? [[String: Any]] ?? []
                #expect(payments.map { $0["seq"] as? String ?? "" } == seqs)
                #expect(payments.allSatisfy { $0["state"] as? String == "settled" })
            }
            await expectOneCharge(sandbox)
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
        }
    }

    @Test("a journal that cannot be delivered is refused with the reason, and its key stays secret")
    func sentWrongly() async throws {
        try await withSandbox { _, url in
            let site = try Site(url)
            let agent = try await site.other.start()
            let file = site.other.directory.appending(path: "own").path
            #expect(try await site.other.command("export", file).code == 0)
            let own = try String(contentsOfFile: file, encoding: .utf8)
            let living = try await site.other.send(own, "original_stopped=true")
            #expect(living.status == 409 && living.text.contains("is alive"), "\(living.text)")
            let secret = "another-secret"
            let wrong = try await site.other.send(own, "original_stopped=true", key: secret)
            #expect(wrong.status == 400, "\(wrong.text)")
            #expect(wrong.text.contains("Kiosk-Journal-Key") && !wrong.text.contains(secret))
            let cut = try await site.other.send(String(own.dropLast(40)), "dry_run=true")
            #expect(cut.status == 400 && cut.text.contains("damaged"), "\(cut.text)")
            let ledger = "SQLite format 3\0" + String(repeating: " ", count: 4_096)
            let database = try await site.other.send(ledger, "dry_run=true")
            #expect(database.status == 400 && database.text.contains("-wal"), "\(database.text)")
            let job = try await site.other.call("GET", "/v1/replay")
            #expect(job.status == 404)
            agent.signal(SIGTERM)
            #expect(await agent.end() == 0)
            #expect(!agent.output.contains { $0.contains(secret) })
        }
    }

    @Test(
        "what a replay leaves held is decided by the next one",
        arguments: [["--submit"], ["--write-off", "--why", "paid in cash"]])
    func decided(words: [String]) async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            let seq = try await loseOne(site, sandbox, Cards.lost)
            let file = try site.mirror()
            let held = try await site.replay(file)
            #expect(held.code == 1 && held.text.contains("--submit SEQ"), "\(held.text)")
            #expect(held.text.contains("card_lost"), "\(held.text)")
            let decision = [words[0], seq] + words.dropFirst()
            let end = try await site.other.command(
                ["replay", file, "--original-stopped"] + decision)
            let isSubmitted = words == ["--submit"]
            #expect(end.code == 0, "\(end.text)")
            #expect(end.text.contains(isSubmitted ? "settled" : "written_off"), "\(end.text)")
            #expect(await sandbox.money(of: Cards.lost).charges == (isSubmitted ? 1 : 0))
        }
    }

    @Test("one that stopped after three refusals in a row goes on when it is repeated")
    func refused() async throws {
        try await withSandbox { sandbox, url in
            let site = try Site(url)
            _ = try await loseEach(site, sandbox, ["UNKNOWN1", "UNKNOWN2", "UNKNOWN3"])
            let file = try site.mirror()
            let stopped = try await site.replay(file)
            #expect(stopped.code == 1 && stopped.text.contains("three cards"), "\(stopped.text)")
            let again = try await site.replay(file)
            #expect(again.code == 1 && again.text.contains("--submit SEQ"), "\(again.text)")
        }
    }

    /// A payment that is accepted without a network, then kill -9 and no restart.
    private func loseOne(
        _ site: Site, _ sandbox: SandboxServer, _ card: String
    ) async throws -> String {
        try #require(try await loseEach(site, sandbox, [card]).first)
    }

    /// The same with a payment of each of these cards.
    private func loseEach(
        _ site: Site, _ sandbox: SandboxServer, _ cards: [String]
    ) async throws -> [String] {
        let agent = try await site.lost.start()
        try await sandbox.waitForProbe()
        await sandbox.setNetwork(up: false)
        var seqs: [String] = []
        for card in cards {
            let seq = try await site.lost.request(1_250)
            try await site.lost.tap(card)
            #expect(try await site.lost.outcome(seq).state == "accepted")
            seqs.append(seq)
        }
        agent.signal(SIGKILL)
        await agent.end()
        await sandbox.setNetwork(up: true)
        return seqs
    }

    @Test("a medium that is away is an alarm; when it is back, it has what was missed")
    func medium() async throws {
        try await withSandbox { sandbox, url in
            let kiosk = try Kiosk(platform: url, yaml: Self.rules)
            try kiosk.addMirror()
            try FileManager.default.removeItem(at: kiosk.medium)
            await sandbox.setNetwork(up: false)
            let agent = try await kiosk.start()
            let seq = try await kiosk.request(1_250)
            try await kiosk.tap(Cards.normal)
            #expect(try await kiosk.outcome(seq).state == "accepted")
            let doctor = try await kiosk.command("doctor")
            #expect(doctor.text.contains("PROBLEM  mirror"), "\(doctor.text)")
            #expect(try await kiosk.command("status").text.contains("the mirror cannot be written"))
            try FileManager.default.createDirectory(
                at: kiosk.medium, withIntermediateDirectories: true)
            await agent.wait { $0.contains { $0.contains("the mirror is written") } }
            let file = try #require(try kiosk.mirrorFiles().last)
            #expect(try String(contentsOf: file, encoding: .utf8).contains(seq))
            agent.signal(SIGTERM)
            await agent.end()
        }
    }
}

extension Kiosk {
    /// The directory that stands for the second medium.
    var medium: URL { directory.appending(path: "medium") }

    func addMirror() throws {
        try FileManager.default.createDirectory(at: medium, withIntermediateDirectories: true)
        try edit { $0.replacing("ledger: {", with: "ledger: {mirror: \(medium.path), ") }
    }

    func rename(to terminal: String) throws {
        try edit { $0.replacing("id: K001", with: "id: \(terminal)") }
    }

    func mirrorFiles() throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: medium, includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "journal" }.sorted { $0.path < $1.path }
    }

    private func edit(_ change: (String) -> String) throws {
        let text = try String(contentsOf: configuration, encoding: .utf8)
        try change(text).write(to: configuration, atomically: true, encoding: .utf8)
    }
}

extension Kiosk {
    private func operators(_ method: HTTPMethod, _ path: String) -> HTTPClientRequest {
        let socket = directory.appending(path: "api.sock").path
            .replacingOccurrences(of: "/", with: "%2F")
        var request = HTTPClientRequest(url: "http+unix://\(socket)\(path)")
        request.method = method
        request.headers.add(name: "Host", value: "localhost")
        request.headers.add(name: "Authorization", value: "Bearer operator")
        return request
    }

    /// Sends a journal to the agent; `key` is the secret of the terminal that wrote it.
    func send(
        _ journal: String, _ query: String, key: String? = nil
    ) async throws -> (status: Int, text: String) {
        var request = operators(.POST, "/v1/replay?\(query)")
        if let key { request.headers.add(name: "Kiosk-Journal-Key", value: key) }
        request.body = .bytes(ByteBuffer(string: journal))
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
        let bytes = try await answer.body.collect(upTo: 1 << 20)
        return (Int(answer.status.code), String(buffer: bytes))
    }

    /// Has a journal replayed; returns what the event stream said until the replay was over.
    func replay(_ journal: String) async throws -> String {
        let stream = try await HTTPClient.shared.execute(
            operators(.GET, "/v1/events"), deadline: .now() + .seconds(60))
        let begun = try await send(journal, "original_stopped=true")
        guard begun.status == 202 else { return begun.text }
        var text = ""
        for try await chunk in stream.body {
            text += String(buffer: chunk)
            if text.contains(#""running":false"#) { break }
        }
        return text
    }
}
