import Foundation
import Sandbox
import Testing
import VirtualCard

/// The agent as its unit has it. One pcscd lives at a time, so these run one after the other.
@Suite("the agent inside its unit's walls", .serialized) struct UnitTests {
    private static let uid: [UInt8] = [0x04, 0xA2, 0x3B, 0x1C, 0x5D, 0x6E, 0x80]

    /// Runs `work` with a kiosk and a pcscd whose socket belongs to the unit's user, or to root
    /// alone.
    private func withUnit(
        socketFor owner: uid_t = UnitSandbox.user,
        _ work: (SandboxServer, Kiosk, UnitSandbox, PrivatePCSCD) async throws -> Void
    ) async throws {
        let pcscd = try await PrivatePCSCD.start(for: owner)
        do {
            try await withSandbox { sandbox, url in
                let kiosk = try Kiosk(
                    platform: url, yaml: "reader: {source: pcsc}", deadline: "8s",
                    environment: UnitSandbox.environment)
                let unit = try UnitSandbox(kiosk: kiosk.directory, pcscd: pcscd.directory)
                try await work(sandbox, kiosk, unit, pcscd)
            }
        } catch {
            await pcscd.stop()
            throw error
        }
        await pcscd.stop()
    }

    @Test("what is imitated stands in the unit")
    func imitated() throws {
        let lines = try String(contentsOf: UnitSandbox.unit, encoding: .utf8)
            .split(separator: "\n").map(String.init)
        for line in UnitSandbox.imitated { #expect(lines.contains(line), "\(line)") }
    }

    @Test("a tap pays: a user without capabilities reaches pcscd, with allowed calls alone")
    func tapped() async throws {
        try await withUnit { sandbox, kiosk, unit, pcscd in
            let agent = try await kiosk.start(under: unit.wrapper)
            await agent.wait(forReaders: true)
            let seq = try await kiosk.request(1_250)
            let card = VirtualCard(port: pcscd.ports[0], uid: Self.uid)
            try await card.insert()
            #expect(try await kiosk.outcome(seq).state == "settled")
            await card.remove()
            #expect(await sandbox.money(of: Cards.normal).charges == 1)
            unit.stop()
            #expect(await agent.end() == 0)
            try await judge(String(contentsOf: unit.trace, encoding: .utf8))
        }
    }

    /// What the kernel would have refused under the unit.
    private func judge(_ trace: String) async throws {
        let unit = try String(contentsOf: UnitSandbox.unit, encoding: .utf8)
        let allowed = try await CallFilter(of: unit).allowed
        #expect(allowed.contains("futex") && !allowed.contains("mount"))
        let begun = /^\d+ +(\w+)\(/.anchorsMatchLineEndings()
        let calls = Set(trace.matches(of: begun).map { String($0.1) })
        #expect(calls.count > 20)
        #expect(calls.subtracting(allowed) == [])
        // AF_NETLINK is refused, too: glibc asks which addresses there are, and does without.
        let families = Set(trace.matches(of: /socket\((AF_\w+)/).map { String($0.1) })
        #expect(families.subtracting(["AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"]) == [])
        // MemoryDenyWriteExecute=
        #expect(!trace.contains("PROT_WRITE|PROT_EXEC"))
        #expect(!trace.contains(/mprotect\([^)]*PROT_EXEC/))
        // RestrictNamespaces=
        #expect(!trace.contains("CLONE_NEW"))
    }

    @Test("the doctor tells a socket that may not be opened from a pcscd that is not there")
    func forbidden() async throws {
        try await withUnit(socketFor: 0) { _, kiosk, unit, _ in
            let doctor = Program.products.appending(path: "kiosk-agent").path
            let line =
                unit.wrapper + [doctor, "doctor", "--config", kiosk.configuration.path]
            let program = try Program(
                URL(filePath: line[0]), Array(line.dropFirst()), environment: kiosk.environment)
            #expect(await program.end() == 1)
            let first = program.output.first ?? ""
            #expect(first.hasPrefix("PROBLEM  pcscd: "), "\(first)")
            #expect(first.contains("may not open /run/pcscd/pcscd.comm"), "\(first)")
            #expect(first.hasSuffix("systemctl cat pcscd.socket"), "\(first)")
        }
    }
}
