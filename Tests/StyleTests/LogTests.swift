import Testing

@Suite("What the log says")
struct LogTests {
    private let repository = Repository.shared

    /// An event as a source or the document has it; nil for levels that are worked out.
    private struct Event: Hashable {
        var name: String
        var level: String?
    }

    private var sources: String {
        (repository.swift(under: "Sources/kiosk-agent/")
            + repository.swift(under: "Sources/LocalAPI/")).map(\.text).joined(separator: "\n")
    }

    private var written: [Event] {
        // \x22 is a quote.
        let levels =
            /[lL]ogger\.(trace|debug|info|notice|warning|error|critical)\(\s*\x22([^\x22]+)\x22/
        let workedOut = /[lL]ogger\.log\(\s*level:[^\x22]*\x22([^\x22]+)\x22/
        return sources.matches(of: levels).map { Event(name: String($0.2), level: String($0.1)) }
            + sources.matches(of: workedOut).map { Event(name: String($0.1), level: nil) }
    }

    /// Name, levels and members of each row of the table.
    private var documented: [(name: String, levels: [String], members: [String])] {
        let row = /^\| `([^`]+)` \| ([a-z, ]+) \| ([^|]*)\|/.anchorsMatchLineEndings()
        return repository.text("docs/logs.md").matches(of: row).map { match in
            (
                String(match.1), match.2.split(separator: ", ").map(String.init),
                match.3.matches(of: /`([a-z_]+)`/).map { String($0.1) }
            )
        }
    }

    @Test("docs/logs.md has each event with its levels, and no other")
    func events() {
        #expect(written.count > 25)
        #expect(Set(written.map(\.name)) == Set(documented.map(\.name)))
        let levels = documented.flatMap { row in
            row.levels.map { Event(name: row.name, level: $0) }
        }
        let plain = written.filter { $0.level != nil }
        #expect(Set(plain).subtracting(levels) == [])
        let free = Set(written.filter { $0.level == nil }.map(\.name))
        #expect(Set(levels).subtracting(plain).filter { !free.contains($0.name) } == [])
    }

    @Test("each member that the table names stands in a source")
    func members() {
        let members = Set(documented.flatMap(\.members))
        #expect(members.contains("seq"))
        #expect(members.filter { !sources.contains("\"\($0)\"") } == [])
    }

    @Test("an event has a name of its own: what differs from time to time is a member")
    func names() {
        #expect(written.filter { $0.name.contains("\\(") }.map(\.name) == [])
    }
}
