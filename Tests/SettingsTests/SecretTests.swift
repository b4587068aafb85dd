import TerminalCore
import Testing

@testable import Settings

@Suite("Secrets")
struct SecretTests {
    /// A production configuration, whose secrets must come as credentials.
    private static let production = """
        terminal: {id: K001}
        platform: {client_id: demo}

        """

    private func credentials(_ files: [String: String]) throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        for (name, text) in files { try directory.write(text, to: name) }
        return directory
    }

    @Test("a secret is masked however it is printed")
    func masked() {
        let secret = Secret("hunter2")
        var dumped = ""
        dump([secret], to: &dumped)
        let printed = ["\(secret)", String(reflecting: secret), "\([secret])", dumped]
        for text in printed {
            #expect(!text.contains("hunter2"))
        }
        #expect(secret.exposed == "hunter2")
    }

    @Test("credential files hold the secrets, without the newline at their end")
    func credentialFiles() throws {
        let directory = try credentials([
            "client_secret": "hunter2\n", "operator_token": "3ce1a76f0b55d942",
            "data_key": "a2V5\r\n",
        ])
        let loaded = try Sample.load(
            Self.production, environment: ["CREDENTIALS_DIRECTORY": directory.path])
        #expect(loaded.settings.platform.clientSecret.exposed == "hunter2")
        #expect(loaded.settings.api.operatorToken?.exposed == "3ce1a76f0b55d942")
        #expect(loaded.settings.ledger.dataKey?.exposed == "a2V5")
        #expect(loaded.settings.platform.host == "pass.sovell.com")
        let value = loaded.values.first { $0.key.path == "platform.client_secret" }
        #expect(value?.origin == .credential("client_secret"))
        #expect(value?.shown == "****")
        #expect(loaded.warnings.isEmpty)
    }

    @Test("a credential file counts more than a variable, and a variable more than the file")
    func precedence() throws {
        let variable = ["KIOSK_PLATFORM_CLIENT_SECRET": "variable"]
        #expect(try Sample.load().settings.platform.clientSecret.exposed == "hush")
        let second = try Sample.load(environment: variable).settings
        #expect(second.platform.clientSecret.exposed == "variable")
        let directory = try credentials(["client_secret": "credential"])
        let both = variable.merging(["CREDENTIALS_DIRECTORY": directory.path]) { $1 }
        let first = try Sample.load(environment: both).settings
        #expect(first.platform.clientSecret.exposed == "credential")
    }

    @Test("a secret in the file is an error in production, even beside a credential")
    func inTheFile() throws {
        let directory = try credentials(["client_secret": "good"])
        let text = Self.production.replacing("demo}", with: "demo, client_secret: hunter2}")
        let description = Sample.description(
            text, environment: ["CREDENTIALS_DIRECTORY": directory.path])
        #expect(
            description == "\(Sample.file):2:44: platform.client_secret: is a secret in the open "
                + "— move it into a file client_secret in $CREDENTIALS_DIRECTORY; "
                + "only with a loopback platform.base_url may it stand here")
    }

    @Test(
        "a secret in a variable is an error in production",
        arguments: [
            ("KIOSK_PLATFORM_CLIENT_SECRET", "platform.client_secret"),
            ("KIOSK_API_OPERATOR_TOKEN", "api.operator_token"),
            ("KIOSK_LEDGER_DATA_KEY", "ledger.data_key"),
        ])
    func inAVariable(_ name: String, _ key: String) throws {
        let directory = try credentials(["client_secret": "good"])
        let environment = ["CREDENTIALS_DIRECTORY": directory.path, name: "hunter2"]
        let problems = Sample.problems(Self.production, environment: environment)
        #expect(problems.map(\.key) == [key])
        #expect(problems.map(\.place) == [.variable(name)])
        #expect(!problems.description.contains("hunter2"))
    }

    @Test(
        "an empty, oversized or unreadable credential is an error that shows nothing of it",
        arguments: ["", "\n", String(repeating: "x", count: 65_537)])
    func badCredentials(_ text: String) throws {
        let directory = try credentials(["client_secret": text])
        let problems = Sample.problems(
            Self.production, environment: ["CREDENTIALS_DIRECTORY": directory.path])
        #expect(problems.map(\.key) == ["platform.client_secret"])
        #expect(problems.first?.value == nil)
        #expect(problems.first?.place == .credential(directory.path + "/client_secret"))
    }

    @Test("a missing secret says where to put it")
    func missing() {
        #expect(
            Sample.description(Self.production).hasPrefix(
                "\(Sample.file): platform.client_secret: is missing — set it "
                    + "(a file client_secret in $CREDENTIALS_DIRECTORY"))
    }

    @Test(
        "missing secrets alone are told apart from whatever else is wrong",
        arguments: [
            ("", true), ("fish: 1\n", false), ("log: {level: loud}\n", false),
            ("api: {operator_token: in the open}\n", false),
        ])
    func missingAlone(_ more: String, _ isAlone: Bool) {
        let error = ConfigurationError(Sample.problems(Self.production + more))
        #expect(error.isOfMissingSecretsAlone == isAlone)
    }

    @Test("no secret stands in an error about it", arguments: ["[hunter2]", "{a: hunter2}"])
    func wrongForm(_ value: String) {
        let text = Sample.description(Sample.minimal + "api.operator_token: \(value)\n")
        #expect(text.contains("api.operator_token") && !text.contains("hunter2"))
    }

    @Test("a secret beside an unknown key or in broken YAML is not repeated")
    func brokenText() {
        let texts = ["client_secret: hunter2\n", "platform: {client_secret: \"hunter2\n"]
        for text in texts {
            let description = Sample.description(text)
            #expect(!description.isEmpty && !description.contains("hunter2"))
        }
    }

    @Test("the secrets of other platforms may stand in the file, with a warning")
    func otherPlatforms() throws {
        let loaded = try Sample.load(
            Sample.minimal + "other_platforms: {tf56: {client_secret: hunter2}}\n")
        #expect(loaded.settings.otherPlatforms.tf56.clientSecret?.exposed == "hunter2")
        #expect(loaded.warnings.contains { $0.en.hasPrefix("other_platforms.tf56.client_secret") })
        #expect(!loaded.warnings.map { $0.en + $0.zh }.joined().contains("hunter2"))
    }

    @Test(
        "an operator's token that can be guessed gets a warning, which does not show it",
        arguments: [("3ce1a76f0b55d94", 1), ("3ce1a76f0b55d942", 0)])
    func shortToken(_ token: String, _ warnings: Int) throws {
        let directory = try credentials(["client_secret": "hunter2", "operator_token": token])
        let loaded = try Sample.load(
            Self.production, environment: ["CREDENTIALS_DIRECTORY": directory.path])
        #expect(loaded.warnings.count == warnings)
        #expect(!loaded.warnings.map { $0.en + $0.zh }.joined().contains(token))
        #expect(try Sample.load(adding: "api.operator_token: \(token)\n").api.operatorToken != nil)
    }

    @Test("without an operator token there is a warning")
    func noOperatorToken() throws {
        let warnings = try Sample.load().warnings.map(\.en)
        #expect(warnings.contains { $0.contains("operator calls are refused") })
    }
}
