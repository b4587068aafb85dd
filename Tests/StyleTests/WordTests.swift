import Testing

@Suite("What the words of the repository promise")
struct WordTests {
    private let repository = Repository.shared

    /// The commands and subcommands that there are.
    private var commands: Set<String> {
        Set(
            repository.swift(under: "Sources/kiosk-agent/").flatMap { file in
                file.text.matches(of: /commandName: "([a-z-]+)"/).map { String($0.1) }
            })
    }

    /// A command in a sentence; a text that begins with the program's name is a label of a key.
    private var mention: Regex<(Substring, Substring)> { /[^"]kiosk-agent ([a-z][a-z-]+)/ }

    @Test("an error sends nobody to a command that does not exist")
    func commandsExist() {
        #expect(commands.contains("doctor"))
        for file in repository.swift(under: "Sources/") {
            let lines = file.text.split(separator: "\n").filter { !$0.contains("//") }
            for match in lines.joined(separator: "\n").matches(of: mention) {
                let isCommand = commands.contains(String(match.1))
                #expect(isCommand, "\(file.path): \(match.0)")
            }
        }
    }

    @Test("every test that the threat model names is there")
    func threatModel() {
        let tests = repository.swift(under: "Tests/").map(\.text).joined(separator: "\n")
        let names = repository.text("docs/threat-model.md").matches(of: /\x22([^\x22\n]+)\x22/)
            .map { String($0.1) }
        #expect(names.count > 30)
        #expect(names.filter { !tests.contains("\"\($0)\"") } == [])
    }

    @Test("the operator's token is compared in one place, in constant time")
    func comparison() {
        let readers = repository.swift(under: "Sources/LocalAPI/")
            .filter { $0.text.lowercased().contains(/\[(\.|\x22)authorization\x22?\]/) }
        #expect(readers.map(\.name) == ["OperatorGuard.swift"])
        let compared = readers.flatMap { file in
            SwiftCode(file.text).lines.filter { $0.contains("token") && $0.contains("==") }
        }
        #expect(compared == [])
        #expect(readers.allSatisfy { $0.text.contains("Self.equal(Array(given.utf8), token)") })
    }

    @Test("the changelog has the form of Keep a Changelog")
    func changelog() {
        let lines = repository.text("CHANGELOG.md").split(separator: "\n").map(String.init)
        let releases = lines.filter { $0.hasPrefix("## ") }
        #expect(releases.first == "## [Unreleased]")
        for release in releases.dropFirst() {
            #expect(release.wholeMatch(of: /## \[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d/) != nil)
        }
        let kinds = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]
        for heading in lines where heading.hasPrefix("### ") {
            #expect(kinds.contains(String(heading.dropFirst(4))), "\(heading)")
        }
        #expect(lines.filter { $0.hasPrefix("# ") } == ["# Changelog"])
    }
    @Test("the ledger's tables change with the first two numbers of a version alone")
    func migrations() {
        let schema = repository.text("Sources/Ledger/Schema/Schema.swift")
        let names = schema.matches(of: /Migration\(name: "([^"]*)"\)/).map { String($0.1) }
        #expect(names.first == "0.1")
        // packaging/preinst lets an operator go back within these two.
        #expect(names.filter { $0.wholeMatch(of: /\d+\.\d+/) == nil } == [])
    }
}
