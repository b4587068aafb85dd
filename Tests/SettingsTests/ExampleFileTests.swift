import Foundation
import Testing

@testable import Settings

@Suite("examples/config.yaml")
struct ExampleFileTests {
    private static func text() throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return try String(
            contentsOf: root.appending(path: "examples/config.yaml"), encoding: .utf8)
    }

    @Test("names every key of the table, some of them behind a comment sign, and no other")
    func complete() throws {
        let lines = try Self.text().split(separator: "\n").map { line in
            line.replacing(/^( {0,2})# ( *[a-z0-9_]+:)/) { "\($0.1)\($0.2)" }
        }
        let root = try YAMLDocument.read(lines.joined(separator: "\n"), file: Sample.file)
        let file = ConfigurationFile(root)
        #expect(file.problems.isEmpty, "\(file.problems)")
        let missing = Set(KeyTable.keys.map(\.path)).subtracting(file.values.keys)
        #expect(missing.isEmpty, "\(missing)")
    }

    @Test("misses the secret alone, and holds the default of every key that has one")
    func defaults() throws {
        let text = try Self.text()
        #expect(Sample.problems(text).map(\.key) == ["platform.client_secret"])
        let loaded = try SettingsLoader.load(
            text: text, file: Sample.file, environment: [:], withoutSecrets: true)
        for value in loaded.values where value.key.path != "terminal.name" {
            guard case .file = value.origin, let expected = value.key.defaultValue else { continue }
            #expect(value.shown == expected, "\(value.key.path)")
        }
    }
}
