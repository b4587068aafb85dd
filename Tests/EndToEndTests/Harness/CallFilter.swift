import Foundation

/// The system calls that a unit's `SystemCallFilter=` lines allow, spelt out by systemd-analyze.
struct CallFilter {
    private(set) var allowed: Set<String> = []

    /// Reads the lines of `unit` in their order: what is allowed, taken away, and added again.
    init(of unit: String) async throws {
        let sets = try await Self.sets()
        for line in unit.split(separator: "\n") where line.hasPrefix("SystemCallFilter=") {
            let value = line.dropFirst("SystemCallFilter=".count)
            let names = value.drop { $0 == "~" }.split(separator: " ")
                .flatMap { Self.expand(String($0), sets) }
            if value.hasPrefix("~") {
                allowed.subtract(names)
            } else {
                allowed.formUnion(names)
            }
        }
    }

    /// The members of each set, such as `@clock`; sets may be members.
    private static func sets() async throws -> [String: [String]] {
        let program = try Program(
            URL(filePath: "/usr/bin/systemd-analyze"), ["syscall-filter", "--no-pager"])
        await program.end()
        var (sets, name): ([String: [String]], String) = ([:], "")
        for line in program.output {
            let word = line.trimmingCharacters(in: .whitespaces)
            if line.hasPrefix("@") {
                name = word
            } else if !word.isEmpty, !word.hasPrefix("#") {
                sets[name, default: []].append(word)
            }
        }
        return sets
    }

    private static func expand(_ name: String, _ sets: [String: [String]]) -> [String] {
        guard name.hasPrefix("@") else { return [name] }
        return (sets[name] ?? []).flatMap { expand($0, sets) }
    }
}
