internal import ArgumentParser
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
        var findings = await ReaderCheck(settings: (try? config.settings())?.reader).run()
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
            + (await LedgerCheck(settings: settings).run())
            + ScannerCheck(settings: settings.scanner).run()
            + [await PlatformCheck(settings: settings).run()]
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
}
