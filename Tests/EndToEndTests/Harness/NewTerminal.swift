import Foundation
import Sandbox

/// A machine before its first start: a directory for all that setup writes.
final class NewTerminal: Sendable {
    let directory: String
    private let platform: String

    init(platform: String) throws {
        self.platform = platform
        directory = NSTemporaryDirectory() + "setup-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true)
        try write(SandboxServer.testClientSecret + "\n", to: "secret")
        try write(answers(), to: "answers.yaml")
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    var configuration: String { directory + "/config.yaml" }
    var credentials: String { directory + "/credentials" }
    var socket: String { directory + "/api.sock" }

    /// Good ones, but for what is replaced.
    func answers(_ old: String = "", _ new: String = "") -> String {
        let good = """
            client_secret_file: \(directory)/secret
            terminal: {id: K009, name: Lane 9, language: en}
            platform:
              base_url: \(platform)
              client_id: \(SandboxServer.testClientID)
            reader: {source: simulated}
            offline: {payment_limit: 700}
            ledger: {path: \(directory)/ledger.sqlite, recovery_key: \(SetupTests.recoveryKey)}
            api:
              listen: 127.0.0.1:0
              socket: \(socket)
              operator_token_file: \(directory)/operator_token
            """
        return old.isEmpty ? good : good.replacing(old, with: new)
    }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: "\(directory)/\(name)", atomically: true, encoding: .utf8)
    }

    func text(_ name: String) -> String? {
        FileManager.default.contents(atPath: "\(directory)/\(name)")
            .map { String(decoding: $0, as: UTF8.self) }
    }

    func mode(_ name: String) throws -> Int? {
        let path = "\(directory)/\(name)"
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    /// Every file with its text, for "nothing was changed".
    var everything: [String: String?] {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: directory)) ?? []
        return Dictionary(uniqueKeysWithValues: names.map { ($0, text($0)) })
    }

    /// The command with its files here; without `keyboard` there is no terminal, and unless
    /// `environment` names one no pcscd.
    func program(
        _ arguments: [String], keyboard: Keyboard? = nil, environment: [String: String] = [:]
    ) throws -> Program {
        let nowhere = ["PCSCLITE_CSOCK_NAME": "/nonexistent/pcscd.comm"]
        return try Program(
            Program.products.appending(path: "kiosk-agent"),
            ["setup", "--config", configuration, "--credentials", credentials] + arguments,
            environment: nowhere.merging(environment) { $1 }, keyboard: keyboard?.lower)
    }

    /// The command with the file of answers; what it writes is plain.
    func setup(_ arguments: String...) async throws -> (code: Int32, text: String) {
        try await setup(["--plain-credentials"] + arguments, environment: [:])
    }

    func setup(
        _ arguments: [String], environment: [String: String]
    ) async throws -> (code: Int32, text: String) {
        let program = try program(
            ["--answers", directory + "/answers.yaml"] + arguments, environment: environment)
        let code = await program.end()
        return (code, program.output.joined(separator: "\n"))
    }
}
