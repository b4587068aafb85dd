import Foundation
import Testing

/// What the README tells a reader to type.
@Suite("the commands of the README") struct ReadmeTests {
    private static let readme = text("README.md")

    private static func text(_ path: String) -> String {
        (try? String(contentsOf: Program.root.appending(path: path), encoding: .utf8)) ?? ""
    }

    /// The lines of the `sh` blocks and what stands between backquotes, without comments.
    private static var typed: [String] {
        let blocks = readme.matches(of: /```sh\n((?s:.*?))```/)
            .flatMap { $0.1.split(separator: "\n") }
        let inline = readme.matches(of: /`([^`\n]+)`/).map(\.1)
        return (blocks + inline).map { line in
            String(line.prefix { $0 != "#" }).trimmingCharacters(in: .whitespaces)
        }
    }

    /// The words after the program's name.
    private static func typed(after programs: Set<String>) -> [[String]] {
        typed.map { $0.split(separator: " ").map(String.init) }
            .filter { $0.count > 1 && programs.contains($0[0]) }.map { Array($0.dropFirst()) }
    }

    private static let makes = typed(after: ["make"])
    private static let agents = typed(after: ["agent", "kiosk-agent"])

    private func help(_ path: [String] = []) async throws -> String {
        let program = try Program(
            Program.products.appending(path: "kiosk-agent"), path + ["--help"],
            environment: ["COLUMNS": "80"])
        #expect(await program.end() == 0)
        return program.output.joined(separator: "\n")
    }

    @Test("make knows each target and each variable", arguments: makes)
    func make(_ words: [String]) {
        let makefile = Self.text("Makefile")
        for word in words {
            if let variable = word.firstMatch(of: /^([A-Z_]+)=/) {
                let exported = makefile.firstMatch(of: /\nexport (.*)/)?.1.split(separator: " ")
                #expect(exported?.contains(variable.1) == true, "\(word)")
            } else {
                #expect(makefile.contains("\n\(word): "), "\(word)")
            }
        }
    }

    @Test("the agent knows each command and each option", arguments: agents)
    func agent(_ words: [String]) async throws {
        let path = Array(words.prefix { $0.wholeMatch(of: /[a-z][a-z-]*/) != nil })
        var help = try await help(path)
        #expect(help.contains("USAGE: kiosk-agent \(path.joined(separator: " "))"), "\(words)")
        if let standard = help.firstMatch(of: /\n {2}([a-z-]+) \(default\)/) {
            help += try await self.help(path + [String(standard.1)])
        }
        for option in words where option.hasPrefix("--") {
            #expect(help.contains(option), "\(words)")
        }
    }

    @Test("the row of commands is the help's list of them")
    func row() async throws {
        let row = try #require(Self.readme.firstMatch(of: /\n\| commands (.*) \| there \|/))
        let told = row.1.matches(of: /`([a-z-]+)`/).map { String($0.1) }
        let list = try await help().split(separator: "SUBCOMMANDS:\n").last
        let known = (list ?? "").matches(of: /(?m:^) {2}([a-z-]+)\s/).map { String($0.1) }
        #expect(told == known)
    }

    @Test("the README is read")
    func read() {
        #expect(Self.makes.contains(["run"]))
        #expect(Self.agents.contains { $0.first == "pay" })
    }
}
