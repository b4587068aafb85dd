internal import ArgumentParser
internal import CardReader
internal import FoundationEssentials
internal import Glibc
internal import Settings
internal import TerminalCore

/// `kiosk-agent doctor`
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Checks everything a payment needs; each line says what mends it.")

    @OptionGroup var config: ConfigOption
    @OptionGroup var json: JSONFlag

    func run() async throws {
        var findings = await Self.readers()
        findings.append(Self.clock(SystemTerminalClock().now()))
        findings += await configured()
        try report(findings)
    }

    /// What cannot be looked at without a configuration says so.
    private func configured() async -> [Finding] {
        let settings: Settings
        do {
            settings = try config.load().settings
        } catch {
            let unseen =
                "could not be looked at — the configuration is not in order — mend it first"
            let text = (error as? CommandFailure)?.text ?? "\(error)"
            return [Finding("configuration", text)]
                + ["disk", "ledger", "platform"].map { Finding($0, unseen) }
        }
        return [Finding("configuration", nil), Self.disk(settings.ledger.path)]
            + (await Self.ledger(settings)) + [await PlatformCheck(settings: settings).run()]
    }

    private func report(_ findings: [Finding]) throws {
        if json.isOn {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Terminal.say(String(decoding: try encoder.encode(findings), as: UTF8.self))
        } else {
            for finding in findings { Terminal.say(finding.line) }
        }
        if findings.contains(where: { !$0.ok }) { throw CommandFailure(.no) }
    }

    private static func readers() async -> [Finding] {
        do {
            let readers = try await ReaderList.list()
            let held = readers.first { $0.isHeld }
            return [
                Finding("pcscd", nil),
                Finding(
                    "reader",
                    readers.isEmpty
                        ? "no reader is plugged in — pcscd sees none — plug one in; "
                            + "lsusb shows whether the kernel sees it" : nil),
                Finding(
                    "card access",
                    held.map {
                        "another program holds \($0.name) — only one may — "
                            + "find it with: fuser -v /run/pcscd/pcscd.comm"
                    }),
            ]
        } catch {
            return pcscdIsDown(error)
        }
    }

    /// Without pcscd the readers cannot be looked at, and the lines about them say so.
    private static func pcscdIsDown(_ error: PCSCError) -> [Finding] {
        let advice = error.advice ?? "restart it: systemctl restart pcscd"
        let unseen = "could not be looked at — pcscd does not answer — mend pcscd first"
        return [
            Finding("pcscd", "\(error.description) — no card can be read — \(advice)"),
            Finding("reader", unseen), Finding("card access", unseen),
        ]
    }

    /// A clock far off makes ages and reports wrong; before 2024 it was surely never set.
    static func clock(_ now: Timestamp) -> Finding {
        let early = now.milliseconds < 1_704_067_200_000
        return Finding(
            "clock",
            early ? "the clock is before 2024 — it was never set — timedatectl set-ntp true" : nil)
    }

    /// Below this many free bytes the ledger is in danger.
    private static let freeMin: UInt64 = 64 * 1024 * 1024

    private static func disk(_ path: String) -> Finding {
        var status = statvfs()
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        guard statvfs(directory, &status) == 0 else {
            return Finding(
                "disk",
                "\(directory) cannot be looked at — \(String(cString: strerror(errno))) — "
                    + "create it: install -d -m 0750 \(directory)")
        }
        let free = UInt64(status.f_bavail) * UInt64(status.f_frsize)
        return Finding(
            "disk",
            free < freeMin
                ? "only \(free / 1_048_576) MiB are free in \(directory) — payments stop "
                    + "when it is "
                    + "full — make room: journalctl --vacuum-size=50M" : nil)
    }

    /// With a running agent its own word counts; nobody else may open the file for writing.
    private static func ledger(_ settings: Settings) async -> [Finding] {
        let storage = try? await AgentClient(settings.api).call("GET", "/v1/status")
            .decode(StatusAnswer.self).storage
        let mirror = MirrorCheck(settings: settings.ledger, agents: storage?.mirror).run()
        let problem = storage.map(\.problem) ?? unwritable(settings.ledger.path)
        return [Finding("ledger", problem)] + (mirror.map { [$0] } ?? [])
    }

    private static func unwritable(_ path: String) -> String? {
        guard access(path, F_OK) == 0, access(path, R_OK | W_OK) != 0 else { return nil }
        return "\(path) is not writable for this user — payments would be refused — "
            + "run doctor as the agent's user"
    }
}

/// One line of the doctor: a part, and what is wrong with it.
struct Finding: Encodable, Hashable {
    var part: String
    var ok: Bool
    var problem: String?

    init(_ part: String, _ problem: String?) {
        self.part = part
        ok = problem == nil
        self.problem = problem
    }

    var line: String { ok ? "ok       \(part)" : "PROBLEM  \(part): \(problem ?? "")" }
}
