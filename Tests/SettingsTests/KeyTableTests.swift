import TerminalCore
import Testing

@testable import Settings

@Suite("The table of keys")
struct KeyTableTests {
    @Test("every key of the table is read, once and in its order")
    func complete() throws {
        let read = try Sample.load().values.map(\.key.path)
        #expect(read == KeyTable.keys.map(\.path))
    }

    @Test("keys and variables are unique")
    func unique() {
        let keys = KeyTable.keys
        #expect(Set(keys.map(\.path)).count == keys.count)
        #expect(Set(keys.map(\.variableName)).count == keys.count)
    }

    @Test("every key says what it does and what is allowed", arguments: KeyTable.keys)
    func documented(_ key: SettingKey) {
        #expect(!key.about.isEmpty && !key.allowed.en.isEmpty && !key.allowed.zh.isEmpty)
        #expect(key.variableName.hasPrefix("KIOSK_"))
        #expect(key.isSecret == (key.credential != nil))
    }

    @Test("three keys must be given")
    func required() {
        let required = KeyTable.keys.filter { $0.defaultValue == nil }.map(\.path)
        #expect(required == ["terminal.id", "platform.client_id", "platform.client_secret"])
    }

    @Test("a variable is named after its key; maps have none")
    func variables() {
        #expect(KeyTable.key("platform.base_url")?.variable == "KIOSK_PLATFORM_BASE_URL")
        #expect(KeyTable.key("card_number.apdus")?.variable == "KIOSK_CARD_NUMBER_APDUS")
        #expect(KeyTable.key("payment.schedule")?.variable == nil)
        #expect(KeyTable.key("platform.refusal_reasons")?.variable == nil)
    }
}

@Suite("The contract's example")
struct ContractTests {
    /// The example with the placeholders filled in, for a sandbox.
    private static let filled = ContractExample.text
        .replacing("client_id: ...", with: "client_id: demo")
        .replacing("client_secret: ...", with: "client_secret: hush")
        .replacing("operator_token: ...", with: "operator_token: open sesame")
        .replacing("https://pass.sovell.com", with: "http://localhost:7718")

    @Test("loads, and says what the defaults say")
    func loads() throws {
        let settings = try Sample.load(Self.filled).settings
        #expect(settings.terminal.name == "Canteen 1, lane 3")
        #expect(settings.platform.host == "localhost:7718")
        #expect(settings.api.operatorToken == Secret("open sesame"))
        #expect(settings.otherPlatforms.tf56.clientSecret == Secret("hush"))
        #expect(settings.otherPlatforms.chainup.baseURL == nil)
    }

    @Test("holds the default of every key that has one")
    func defaults() throws {
        let own: Set = ["terminal.name", "platform.base_url", "api.operator_token"]
        for value in try Sample.load(Self.filled).values {
            guard case .file = value.origin, let expected = value.key.defaultValue,
                !own.contains(value.key.path), !value.key.path.hasPrefix("other_platforms.")
            else { continue }
            #expect(value.shown == expected, "\(value.key.path)")
        }
    }

    @Test("names every key of the table, but for the key that comes as a credential only")
    func sameKeys() throws {
        let root = try YAMLDocument.read(ContractExample.text, file: Sample.file)
        let file = ConfigurationFile(root)
        #expect(file.problems.isEmpty)
        let missing = Set(KeyTable.keys.map(\.path)).subtracting(file.values.keys)
        #expect(missing == ["ledger.data_key"])
    }

    @Test("its placeholders are not taken for values")
    func placeholders() {
        let problems = Sample.problems(ContractExample.text)
        #expect(problems.map(\.key) == ["platform.client_id", "platform.client_secret"])
    }
}
