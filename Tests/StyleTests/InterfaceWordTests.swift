import Testing

/// What programs outside rely on is explained where their authors look.
@Suite("The words of the interface")
struct InterfaceWordTests {
    private let repository = Repository.shared

    /// The words that begin a row of a table in the guide for POS developers.
    private var explained: Set<String> {
        let rows = repository.text("docs/integrating.md").matches(of: /\n\| `(\w+)` \| \w.*\|/)
        return Set(rows.map { String($0.1) })
    }

    private var description: String { repository.text("Sources/LocalAPI/Web/openapi.json") }

    private static let statuses: Set<Substring> = [
        "badRequest", "unauthorized", "forbidden", "notFound", "requestTimeout", "conflict",
        "contentTooLarge", "tooManyRequests", "internalServerError", "serviceUnavailable", "status",
    ]

    /// The types of problems: the words after a status, wherever the local interface makes one.
    private var problems: Set<String> {
        let files = repository.swift(under: "Sources/LocalAPI/")
        let pairs = files.flatMap { $0.text.matches(of: /\.(\w+), "([a-z_]+)"/).map(\.output) }
        return Set(pairs.filter { Self.statuses.contains($0.1) }.map { String($0.2) })
    }

    @Test("each type of problem is explained to a POS and is in the description")
    func problemTypes() {
        #expect(problems.count > 5)
        #expect(problems.subtracting(explained) == [])
        let types = description.matches(of: /"urn:kiosk-agent:problem:(\w+)"/)
        #expect(Set(types.map { String($0.1) }) == problems)
    }

    @Test("each reason is explained to a POS")
    func reasons() {
        let cases = repository.text("Sources/TerminalCore/Payment/Reason.swift")
            .matches(of: /case (\w+)(?: = "(\w+)")?/).map { String($0.2 ?? $0.1) }
        #expect(cases.count > 20 && cases.contains("interrupted"))
        #expect(Set(cases).subtracting(explained) == [])
    }

    @Test("the description has the program's version")
    func version() {
        let own = repository.text("Sources/kiosk-agent/KioskAgent.swift")
            .firstMatch(of: /static let text = "([\d.]+)"/)?.1
        let told = description.firstMatch(of: /"version": "([\d.]+)"/)?.1
        #expect(own != nil && own == told)
    }
}
