import Foundation
import GRDB
import Glibc
import Sandbox
import TerminalTesting
import Testing

/// Each cause of trouble that the doctor knows, with the command that mends it. What needs a real
/// pcscd is in ``ReaderTests`` and ``UnitTests``.
@Suite("the doctor names the cause and the cure") struct DoctorCauseTests {
    private static let usb = "sys/bus/usb/devices"
    private static let noPCSCD = ["PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"]

    /// As a user for whom the modes of files count, also where the tests run as root.
    private static let asPlainUser = ["/usr/bin/unshare", "--map-user=1000", "--map-group=1000"]

    /// The doctor's exit code and lines.
    private func doctor(
        _ kiosk: Kiosk, _ more: [String] = [], under wrapper: [String] = [],
        environment: [String: String] = [:]
    ) async throws -> (code: Int32, lines: [String]) {
        let agent = Program.products.appending(path: "kiosk-agent").path
        let line =
            wrapper + [agent, "doctor", "--config", kiosk.configuration.path] + more
        let program = try Program(
            URL(filePath: line[0]), Array(line.dropFirst()),
            environment: kiosk.environment.merging(environment) { $1 })
        return (await program.end(), program.output)
    }

    // MARK: The reader

    private static let reader = [
        "\(usb)/1-1/idVendor": "072f\n", "\(usb)/1-1/idProduct": "2200\n",
        "\(usb)/1-1/manufacturer": "ACS\n", "\(usb)/1-1/product": "ACR122U PICC Interface\n",
        "\(usb)/1-1/power/control": "on\n", "\(usb)/1-1:1.0/bInterfaceClass": "0b\n",
    ]

    @Test("a driver of the kernel holds the reader")
    func kernelDriver() async throws {
        let tree = try FileTree(
            Self.reader,
            links: ["\(Self.usb)/1-1:1.0/driver": "../../../../bus/usb/drivers/pn533_usb"])
        let kiosk = try Kiosk(
            platform: "http://127.0.0.1:1", yaml: "reader: {source: pcsc}",
            environment: Self.noPCSCD)
        let (code, lines) = try await doctor(kiosk, ["--root", tree.root.path])
        withExtendedLifetime(tree) {}
        #expect(code == 1)
        #expect(
            lines.contains(
                "PROBLEM  usb reader: pcscd cannot open ACS ACR122U PICC Interface in socket 1-1 "
                    + "— the kernel's driver pn533_usb holds it — sudo modprobe -r pn533_usb, and "
                    + "blacklist it in /etc/modprobe.d/kiosk-agent.conf"), "\(lines)")
    }

    @Test("a reader that may fall asleep is a warning")
    func asleep() async throws {
        let sleepy = ["\(Self.usb)/1-1/power/control": "auto"]
        let tree = try FileTree(Self.reader.merging(sleepy) { $1 })
        let kiosk = try Kiosk(
            platform: "http://127.0.0.1:1", yaml: "reader: {source: pcsc}",
            environment: Self.noPCSCD)
        let (_, lines) = try await doctor(kiosk, ["--root", tree.root.path])
        let json = try await doctor(kiosk, ["--root", tree.root.path, "--json"]).lines.joined()
        withExtendedLifetime(tree) {}
        let line = lines.first { $0.hasPrefix("warning  usb reader: ") } ?? ""
        #expect(line.contains("ACR122U PICC Interface in socket 1-1 may fall asleep"), "\(lines)")
        #expect(line.contains("| sudo tee /sys/bus/usb/devices/1-1/power/control"), "\(lines)")
        #expect(json.contains(#"{"ok":true,"part":"usb reader","warning":"ACS ACR122U"#), "\(json)")
    }

    // MARK: The platform

    @Test("a wrong client secret")
    func secret() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(
                platform: url, environment: ["KIOSK_PLATFORM_CLIENT_SECRET": "wrong"])
            let (code, lines) = try await doctor(kiosk)
            #expect(code == 1)
            #expect(
                lines.contains(
                    "PROBLEM  platform: the platform refuses this terminal — client id or secret "
                        + "is wrong — check platform.client_id and the credential client_secret; "
                        + "kiosk-agent setup asks for both and tries them"), "\(lines)")
        }
    }

    /// No name ends so (RFC 6761, 6.4).
    @Test("a host that no name server knows")
    func unknownHost() async throws {
        let credentials = try FileTree(["client_secret": "hidden"])
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        try """
        terminal: {id: K001, language: en}
        platform: {base_url: "https://platform.invalid", client_id: a, connect_timeout: 20s,
          request_timeout: 20s, decision_deadline: 20s}
        reader: {source: simulated}
        """.write(to: kiosk.configuration, atomically: true, encoding: .utf8)
        let (_, lines) = try await doctor(
            kiosk,
            environment: [
                "CREDENTIALS_DIRECTORY": credentials.root.path,
                "RES_OPTIONS": "timeout:1 attempts:1",
            ])
        withExtendedLifetime(credentials) {}
        let line = lines.last ?? ""
        #expect(line.hasPrefix("PROBLEM  platform: the platform cannot be reached — "), "\(lines)")
        #expect(line.hasSuffix("resolvectl query platform.invalid"), "\(lines)")
    }

    private static let certificates: [(shown: TLSTests.Shown, words: String, cure: String)] = [
        (.expired, "its certificate ended on 20", "the platform must renew it"),
        (.ofOtherAuthority, "nobody known here signed its certificate", "-showcerts"),
        (.selfSigned, "nobody known here signed its certificate", "-showcerts"),
        (.ofOtherHost, "belongs to another host than 127.0.0.1", "-ext subjectAltName"),
    ]

    @Test("a certificate that cannot be trusted, and why", arguments: certificates)
    func certificate(shown: TLSTests.Shown, words: String, cure: String) async throws {
        try await TLSTests.withPlatform(shown) { platform, authority in
            let kiosk = try TLSTests.kiosk(platform, trusting: authority.file)
            let (code, lines) = try await doctor(kiosk)
            #expect(code == 1)
            let line = lines.last ?? ""
            #expect(line.hasPrefix("PROBLEM  platform: the platform cannot be trusted — "))
            #expect(line.contains(words) && line.hasSuffix(cure), "\(line)")
            #expect(platform.requests == [])
        }
    }

    @Test("a file of authorities that holds none")
    func noAuthorities() async throws {
        try await TLSTests.withPlatform { platform, authority in
            let kiosk = try TLSTests.kiosk(platform, trusting: authority.file + ".gone")
            let line = try await doctor(kiosk).lines.last ?? ""
            #expect(line.hasPrefix("PROBLEM  platform: "), "\(line)")
            #expect(line.contains("platform.ca_file"), "\(line)")
        }
    }

    @Test("a clock that differs from the platform's")
    func clock() async throws {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT"
        try await TLSTests.withPlatform(
            script: { _ in .init(date: date, body: #"{"access_token":"t-1","expires_in":7199}"#) },
            { platform, authority in
                let kiosk = try TLSTests.kiosk(platform, trusting: authority.file)
                let (code, lines) = try await doctor(kiosk)
                let line = lines.first { $0.contains("  clock") } ?? ""
                #expect(code == 1)
                #expect(line.hasPrefix("PROBLEM  clock: the clock is off — it is "), "\(lines)")
                #expect(line.hasSuffix(" ahead of the platform's — timedatectl set-ntp true"))
                #expect(lines.contains("ok       platform"), "\(lines)")
            })
    }

    // MARK: The ledger

    @Test("a disk that is nearly full")
    func disk() async throws {
        let disk = try OwnDisk(.small)
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1", environment: disk.environment)
        let (code, lines) = try await doctor(kiosk, under: disk.wrapper)
        let line = lines.first { $0.contains("  disk") } ?? ""
        #expect(code == 1)
        #expect(line.hasPrefix("PROBLEM  disk: only "), "\(lines)")
        #expect(line.hasSuffix("make room: journalctl --vacuum-size=50M"), "\(lines)")
    }

    @Test("a ledger that an agent holds which does not answer")
    func silent() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            let (code, lines) = try await doctor(
                kiosk, environment: ["KIOSK_API_SOCKET": "/nonexistent/api.sock"])
            let line = lines.first { $0.hasPrefix("PROBLEM  agent: ") } ?? ""
            #expect(code == 1)
            let what = " holds the ledger, and nobody answers on /nonexistent/api.sock — "
            #expect(line.contains(what), "\(lines)")
            #expect(agent.isRunning)
        }
    }

    @Test("a lost list that is missing, and one that is too old")
    func lostList() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url, yaml: "offline: {lost_list_max_age: 1d}")
            let first = try await kiosk.start()
            let missing = try await doctor(kiosk).lines
            let none = "PROBLEM  lost list: no lost list was imported — "
            #expect(missing.contains { $0.hasPrefix(none) }, "\(missing)")
            let file = kiosk.directory.appending(path: "lost.txt")
            try "A1\n".write(to: file, atomically: true, encoding: .utf8)
            #expect(try await kiosk.command("lost-cards", "import", file.path).code == 0)
            #expect(try await doctor(kiosk).lines.contains("ok       lost list"))
            first.signal(SIGTERM)
            #expect(await first.end() == 0)
            try await DatabaseQueue(path: kiosk.directory.path + "/ledger.sqlite").write { db in
                try db.execute(
                    sql: "UPDATE lost_lists SET imported_at = imported_at - 2 * 86400000")
            }
            let second = try await kiosk.start()
            let old = try await doctor(kiosk).lines
            let line = old.first { $0.contains("  lost list") } ?? ""
            #expect(line.hasPrefix("PROBLEM  lost list: the lost list is too old: 2 d "), "\(old)")
            #expect(line.hasSuffix("kiosk-agent lost-cards import FILE"), "\(old)")
            #expect(second.isRunning)
        }
    }

    // MARK: Permissions

    @Test("a configuration that this user may not read")
    func configuration() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        chmod(kiosk.configuration.path, 0)
        let (code, lines) = try await doctor(kiosk, under: Self.asPlainUser)
        let line = lines.first { $0.contains("  configuration") } ?? ""
        #expect(code == 1)
        #expect(line.contains(" may not read \(kiosk.configuration.path) — "), "\(lines)")
        #expect(line.contains("sudo chmod 0644 \(kiosk.configuration.path)"), "\(lines)")
    }

    @Test("a directory that the ledger cannot be written in")
    func directory() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let place = kiosk.directory.appending(path: "closed")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        chmod(place.path, 0o500)
        let (code, lines) = try await doctor(
            kiosk, under: Self.asPlainUser,
            environment: ["KIOSK_LEDGER_PATH": place.path + "/ledger.sqlite"])
        let line = lines.first { $0.hasPrefix("PROBLEM  ledger: ") } ?? ""
        #expect(code == 1)
        #expect(line.contains("\(place.path) cannot be written by "), "\(lines)")
        #expect(line.hasSuffix("sudo chown -R kiosk-agent: \(place.path)"), "\(lines)")
    }

    @Test("a credential that this user may not read")
    func credential() async throws {
        let credentials = try FileTree(["client_secret": "hidden"])
        let file = credentials.root.appending(path: "client_secret").path
        chmod(file, 0)
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let (code, lines) = try await doctor(
            kiosk, under: Self.asPlainUser,
            environment: ["CREDENTIALS_DIRECTORY": credentials.root.path])
        withExtendedLifetime(credentials) {}
        #expect(code == 1)
        #expect(
            lines.contains { $0.hasPrefix("PROBLEM  secrets: ") && $0.contains(file) }, "\(lines)")
        #expect(lines.contains("ok       configuration"), "\(lines)")
    }

    @Test("without the service's secret the rest is looked at, and a warning says so")
    func noSecret() async throws {
        let kiosk = try Kiosk(platform: "http://127.0.0.1:1")
        let text = try String(contentsOf: kiosk.configuration, encoding: .utf8)
        try text.split(separator: "\n").filter { !$0.contains("client_secret") }
            .joined(separator: "\n")
            .write(to: kiosk.configuration, atomically: true, encoding: .utf8)
        let (_, lines) = try await doctor(kiosk)
        let line = lines.first { $0.hasPrefix("warning  secrets: ") } ?? ""
        #expect(line.hasPrefix("warning  secrets: the client secret is not here"), "\(lines)")
        #expect(line.hasSuffix("sudo /usr/lib/kiosk-agent/as-service doctor"), "\(lines)")
        #expect(lines.contains("ok       configuration"), "\(lines)")
        #expect(lines.contains("ok       ledger"), "\(lines)")
    }

    @Test("an agent's socket that this user may not use")
    func socket() async throws {
        try await withSandbox { _, url in
            let kiosk = try Kiosk(platform: url)
            let agent = try await kiosk.start()
            chmod(kiosk.socket, 0)
            let (code, lines) = try await doctor(kiosk, under: Self.asPlainUser)
            let line = lines.first { $0.hasPrefix("PROBLEM  agent: ") } ?? ""
            #expect(code == 1)
            #expect(line.contains(" may not use \(kiosk.socket) — "), "\(lines)")
            #expect(line.contains("sudo usermod -aG kiosk "), "\(lines)")
            #expect(agent.isRunning)
        }
    }

    @Test("an operator's token that this user may not read is a warning")
    func operatorToken() async throws {
        let tree = try FileTree(["operator_token": "hidden"])
        let file = tree.root.appending(path: "operator_token").path
        chmod(file, 0)
        let kiosk = try Kiosk(
            platform: "http://127.0.0.1:1", environment: ["KIOSK_API_OPERATOR_TOKEN_FILE": file])
        let text = try String(contentsOf: kiosk.configuration, encoding: .utf8)
        try text.replacingOccurrences(of: ", operator_token: operator", with: "")
            .write(to: kiosk.configuration, atomically: true, encoding: .utf8)
        let (_, lines) = try await doctor(kiosk, under: Self.asPlainUser)
        withExtendedLifetime(tree) {}
        let line = lines.first { $0.hasPrefix("warning  operator token: ") } ?? ""
        #expect(line.contains(" may not read \(file) — "), "\(lines)")
        #expect(line.contains("sudo usermod -aG kiosk-operators "), "\(lines)")
    }
}
