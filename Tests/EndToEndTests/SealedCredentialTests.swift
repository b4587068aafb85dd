import Foundation
import Sandbox
import Testing

/// `setup` with the real `systemd-creds`, whose host key lies with the test: the machine's own
/// stays out of it.
@Suite("credentials that are sealed for one machine") struct SealedCredentialTests {
    private static func key(_ name: String, of terminal: NewTerminal) -> [String: String] {
        ["SYSTEMD_CREDENTIAL_SECRET": terminal.directory + "/" + name]
    }

    private static func systemdCreds(
        _ arguments: [String], key: [String: String]
    ) async throws -> (code: Int32, lines: [String]) {
        let program = try Program(
            URL(filePath: "/usr/bin/systemd-creds"), arguments, environment: key)
        let code = await program.end()
        return (code, program.output)
    }

    /// Runs `work` with a terminal whose machine has a host key.
    private func withKey(
        _ work: (_ terminal: NewTerminal, _ key: [String: String]) async throws -> Void
    ) async throws {
        try await withSandbox { _, url in
            let terminal = try NewTerminal(platform: url)
            let key = Self.key("host.secret", of: terminal)
            #expect(try await Self.systemdCreds(["setup"], key: key).code == 0)
            try await work(terminal, key)
        }
    }

    @Test("are written sealed alone, and opened by that machine's key alone")
    func sealed() async throws {
        try await withKey { terminal, key in
            let other = Self.key("other.secret", of: terminal)
            #expect(try await Self.systemdCreds(["setup"], key: other).code == 0)
            let (code, text) = try await terminal.setup([], environment: key)
            #expect(code == 0, "\(text)")
            let token = try #require(terminal.text("operator_token"))
            let secrets = [
                "client_secret": SandboxServer.testClientSecret, "operator_token": token,
            ]
            for (name, secret) in secrets {
                let path = "\(terminal.credentials)/\(name).cred"
                #expect(text.contains("LoadCredentialEncrypted=\(name):\(path)"), "\(text)")
                #expect(try terminal.mode("credentials/\(name).cred") == 0o600)
                #expect(terminal.text("credentials/\(name)") == nil)
                #expect(terminal.text("credentials/\(name).cred")?.contains(secret) == false)
                #expect(!text.contains(secret))
                let decrypt = ["decrypt", "--name=\(name)", path, "-"]
                let opened = try await Self.systemdCreds(decrypt, key: key)
                #expect(opened.code == 0 && opened.lines.last == secret)
                let stolen = try await Self.systemdCreds(decrypt, key: other)
                #expect(stolen.code != 0 && stolen.lines.last != secret)
            }
        }
    }

    @Test("leave no plain file of an earlier setup, and are left by a plain one")
    func replaced() async throws {
        try await withKey { terminal, key in
            let places = ["credentials/client_secret", "credentials/client_secret.cred"]
            var dataKey: String?
            for seals in [false, true, false] {
                let arguments = seals ? [] : ["--plain-credentials"]
                let (code, text) = try await terminal.setup(arguments, environment: key)
                #expect(code == 0, "\(text)")
                let written = places.map { terminal.text($0) != nil }
                #expect(written == [!seals, seals])
                // Without this one the ledger does not open: it stays as it is.
                let kept = terminal.text("credentials/data_key")
                #expect(kept?.count == 64 && kept == dataKey ?? kept)
                #expect(terminal.text("credentials/data_key.cred") == nil)
                dataKey = kept
            }
        }
    }

    @Test("stay plain where the key is none, and that is said")
    func broken() async throws {
        try await withSandbox { _, url in
            let terminal = try NewTerminal(platform: url)
            try terminal.write("no key", to: "host.secret")
            let (code, text) = try await terminal.setup(
                [], environment: Self.key("host.secret", of: terminal))
            #expect(code == 0, "\(text)")
            #expect(text.contains("systemd-creds could not seal a credential"), "\(text)")
            let written = terminal.text("credentials/client_secret")
            #expect(written == SandboxServer.testClientSecret)
            #expect(try terminal.mode("credentials/client_secret") == 0o600)
            #expect(terminal.text("credentials/client_secret.cred") == nil)
        }
    }
}
