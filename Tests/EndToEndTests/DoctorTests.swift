import Foundation
import Testing

/// What the doctor says without an agent.
@Suite("the doctor without an agent") struct DoctorTests {
    @Test("with a simulated reader no card reader is looked for; that no agent runs is no problem")
    func simulated() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(
                platform: url, environment: ["PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"])
            let (code, text) = try await kiosk.command("doctor")
            #expect(code == 0, "\(text)")
            let lines = text.split(separator: "\n")
            #expect(lines.first == "ok       reader: simulated, no card reader is used")
            #expect(lines.contains { $0.hasPrefix("ok       agent: none answers on /") }, "\(text)")
            #expect(lines.contains("ok       ledger"))
        }
    }

    @Test("a ledger that no agent could open is a problem")
    func damaged() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        try Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
            .write(to: kiosk.directory.appending(path: "ledger.sqlite"))
        let (code, text) = try await kiosk.command("doctor")
        #expect(code == 1)
        #expect(text.contains("PROBLEM  ledger: the ledger cannot be opened — "), "\(text)")
    }

    @Test("a directory that no ledger can be made in is a problem")
    func noDirectory() async throws {
        let kiosk = try Kiosk(
            platform: "http://127.0.0.1:1",
            environment: ["KIOSK_LEDGER_PATH": "/nonexistent/ledger.sqlite"])
        let (code, text) = try await kiosk.command("doctor")
        #expect(code == 1)
        #expect(text.contains("PROBLEM  ledger: /nonexistent cannot be looked at — "), "\(text)")
    }

    @Test("`read` refuses a configuration that is wrong instead of reading in another format")
    func read() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1", yaml: "card_number: {width: x}")
        let (code, text) = try await kiosk.command("read", "--count", "1")
        #expect(code == 78 && text.contains("card_number.width"), "\(text)")
    }

    @Test("a socket without a pcscd behind it is told apart from no pcscd at all")
    func nobodyListens() async throws {
        let socket = try DeafSocket(listens: false)
        let kiosk = try Kiosk(
            platform: "http://127.0.0.1:1", yaml: "reader: {source: pcsc}",
            environment: ["PCSCLITE_CSOCK_NAME": socket.path])
        let (code, text) = try await kiosk.command("doctor")
        #expect(code == 1)
        let line = text.split(separator: "\n").first ?? ""
        #expect(line.hasPrefix("PROBLEM  pcscd: nobody listens behind \(socket.path) "), "\(text)")
        #expect(line.hasSuffix(" systemctl restart pcscd.socket"), "\(text)")
    }
}
