import TerminalCore
import Testing

@testable import Settings

@Suite("A configuration that setup writes")
struct NewConfigurationTests {
    private static let file = "/etc/kiosk-agent/config.yaml"

    private static var minimal: NewConfiguration {
        var configuration = NewConfiguration()
        configuration.set("terminal.id", to: "K001")
        configuration.set("platform.client_id", to: "demo")
        return configuration
    }

    @Test("shows every key, and its default behind a comment sign")
    func whole() throws {
        let text = Self.minimal.text
        #expect(
            text.hasPrefix(
                """
                # The configuration of this terminal, written by kiosk-agent setup.
                #
                # A key behind a comment sign has its default. After a change:
                #   kiosk-agent config check
                # Secrets are not here: they are credential files, which setup writes, too.

                terminal:
                  id: K001  # names this terminal and begins every order number
                  # name: null  # what people call this terminal; null = terminal.id
                  # language: zh  # the language of the payer's page and of the commands

                platform:
                  # base_url: https://pass.sovell.com  # where the payment platform is
                  client_id: demo  # the name of this client at the platform
                  # payment_app: wallet  # the payment channel of a card payment

                """), "\(text)")
        #expect(!text.contains("client_secret:") && !text.contains("other_platforms"))
        let values = try Self.minimal.load(file: Self.file).values
        let own = values.filter { if case .file = $0.origin { true } else { false } }
        #expect(own.map(\.key.path) == ["terminal.id", "platform.client_id"])
    }

    @Test("without its comment signs it says the defaults")
    func defaults() throws {
        let lines = Self.minimal.text.split(separator: "\n").map { line in
            line.replacing(/^( +)# ([a-z])/) { "\($0.1)\($0.2)" }
        }
        let loaded = try SettingsLoader.load(
            text: lines.joined(separator: "\n"), file: Self.file, environment: [:],
            withoutSecrets: true)
        for value in loaded.values {
            guard case .file = value.origin, let expected = value.key.defaultValue else { continue }
            #expect(value.shown == expected, "\(value.key.path)")
        }
    }

    @Test(
        "a text reads back as it was given",
        arguments: [
            "Canteen 1, lane 3", "食堂一楼", "a: b", "# no comment", "- x", "null", "true", "0100",
            "10:30", "\"quoted\" \\ 'single'", "{a}", "[b]", "*", "&x", "!y", "%z", "@at", "`",
            "e\u{301}", "🍜 noodles", "a\u{200B}b", "~", "a  b", "https://x.org/y", "key:",
        ])
    func roundTrip(_ text: String) throws {
        var configuration = Self.minimal
        configuration.set("terminal.name", to: text)
        #expect(try configuration.load(file: Self.file).settings.terminal.name == text)
    }

    @Test("lists, maps and the other platforms of answers reach the file as they are")
    func answers() throws {
        let text = """
            client_secret_file: /run/secret
            terminal: {id: K001}
            platform: {client_id: demo, refusal_reasons: {402: balance_too_low, 403: card_lost}}
            payment:
              mode: fixed
              schedule: [{from: "10:30", to: "13:30", amount: 1500, title: "Lunch: hot"}]
            card_number: {source: apdu, apdus: [00A40000], slice: {response: 1, offset: 0, \
            length: 8, as: bcd}}
            other_platforms: {tf56: {client_id: demo}}
            """
        let answers = try SetupAnswers(text: text, file: "answers.yaml")
        #expect(answers.clientSecretFile == "/run/secret")
        let settings = try answers.configuration.load(file: Self.file).settings
        #expect(settings.platform.refusalReasons == [402: .balanceTooLow, 403: .cardLost])
        #expect(settings.payment.schedule.map(\.title) == ["Lunch: hot"])
        #expect(settings.payment.schedule.map(\.from) == [630])
        #expect(settings.otherPlatforms.tf56.clientID == "demo")
        guard case .file(let file) = settings.cardReading else {
            Issue.record("no file")
            return
        }
        #expect(file.commands == [[0x00, 0xA4, 0x00, 0x00]])
    }

    @Test("one wrong key is told in its own words, whatever is missing")
    func problems() {
        var configuration = NewConfiguration()
        configuration.set("terminal.id", to: "lane 3")
        #expect(
            configuration.problems(of: "terminal.id").map(\.en)
                == ["\"lane 3\" is not a terminal id — allowed: 1 to 12 of A-Z a-z 0-9"])
        configuration.set("terminal.id", to: "K003")
        #expect(configuration.problems(of: "terminal.id") == [])
    }

    @Test("an existing file gives what it says, but for its secrets")
    func existing() throws {
        let directory = try TemporaryDirectory()
        try directory.write(
            Sample.minimal + "offline: {payment_limit: 700}\n", to: "config.yaml")
        let configuration = try NewConfiguration(existing: directory.path + "/config.yaml")
        #expect(configuration["terminal.id"] == "K001")
        #expect(configuration["offline.payment_limit"] == "700")
        #expect(configuration["offline.card_limit"] == nil)
        #expect(!configuration.text.contains("hush"))
    }

    @Test("a file with unknown keys is not taken over")
    func unknown() throws {
        let directory = try TemporaryDirectory()
        try directory.write("nonsense: 1\n", to: "config.yaml")
        #expect(throws: ConfigurationError.self) {
            try NewConfiguration(existing: directory.path + "/config.yaml")
        }
    }
}

@Suite("The answers of a first start")
struct SetupAnswersTests {
    private static let good = """
        client_secret_file: /run/secret
        terminal: {id: K001}
        platform: {client_id: demo}

        """

    private static let wrongs: [(text: String, keys: Set<String>)] = [
        ("", ["client_secret_file", "terminal.id", "platform.client_id"]),
        (
            good + "offline: {payment_limit: -1, enabled: 7}",
            ["offline.payment_limit", "offline.enabled"]
        ),
        (good + "nonsense: 1", ["nonsense"]),
        (good + "api: {operator_token: hunter2}", ["api.operator_token"]),
        (good.replacing("/run/secret", with: "secret"), ["client_secret_file"]),
        (
            good.replacing("demo}", with: "demo, client_secret: hunter2}"),
            ["platform.client_secret"]
        ),
    ]

    @Test("what is wrong is found at once, with its place", arguments: wrongs)
    func wrong(_ text: String, _ keys: Set<String>) {
        let error = #expect(throws: ConfigurationError.self) {
            try SetupAnswers(text: text, file: "answers.yaml")
        }
        let found = error?.problems.compactMap(\.key) ?? []
        #expect(Set(found) == keys)
        #expect(error?.description.contains("hunter2") == false)
        #expect(error?.problems.allSatisfy { "\($0.place)".hasPrefix("answers.yaml") } == true)
    }
}
