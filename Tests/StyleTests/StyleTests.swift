import Testing

@Suite("The style of this repository")
struct StyleTests {
    private let repository = Repository.shared

    /// The folders of `Sources` that hold a file.
    private var rooms: Set<String> { folders("Sources") }

    private func folders(_ top: String) -> Set<String> {
        Set(
            repository.files.map { $0.path.split(separator: "/") }
                .filter { $0.count > 2 && $0[0] == top }.map { String($0[1]) })
    }

    private func findings(
        _ files: [Repository.File], _ check: (String) -> [some Any]
    ) -> [String] {
        files.flatMap { file in check(file.text).map { "\(file.path): \($0)" } }
    }

    @Test("the repository is found and read")
    func found() {
        #expect(repository.swift(under: "Sources/TerminalCore/").count > 20)
        #expect(repository.files.contains { $0.path == "Package.swift" })
    }

    @Test("no line is longer than 100 columns")
    func columns() {
        #expect(findings(repository.swift(), Checks.longLines) == [])
    }

    @Test("no function is longer than 70 lines")
    func functions() {
        #expect(findings(repository.swift(under: "Sources/"), Checks.longFunctions) == [])
    }

    @Test("a state machine knows no clock, no wait and no die")
    func machines() {
        let machines = repository.swift().filter { $0.path.hasSuffix("+StateMachine.swift") }
        #expect(!machines.isEmpty)
        #expect(findings(machines, Checks.impurities) == [])
    }

    @Test("shipped code does not crash on purpose, and nothing is left for later")
    func crashes() {
        #expect(findings(repository.swift(under: "Sources/"), Checks.crashes) == [])
        #expect(repository.swift().filter { Checks.leftovers($0.text) }.map(\.path) == [])
    }

    @Test("every test runs, everywhere")
    func skips() {
        #expect(findings(repository.swift(under: "Tests/"), Checks.skips) == [])
    }

    @Test("files are named after a concept")
    func names() {
        #expect(repository.swift().filter { Checks.isVagueName($0.name) }.map(\.path) == [])
    }

    @Test("no file names a place of one machine")
    func places() {
        #expect(repository.files.filter { Checks.machinePaths($0.text) }.map(\.path) == [])
    }

    @Test("a room uses only the rooms below it")
    func floors() {
        for room in rooms.sorted() {
            let imports = repository.swift(under: "Sources/\(room)/")
                .reduce(into: Set<String>()) { $0.formUnion(Checks.imports($1.text)) }
            #expect(Rooms.foreign(room, imports: imports) == [], "\(room)")
        }
    }

    @Test("a room has tests, or a reason for none")
    func tested() {
        let tests = folders("Tests")
        let bare = rooms.filter { Rooms.untested[$0] == nil && !tests.contains($0 + "Tests") }
        #expect(bare.sorted() == [])
    }

    @Test("every Swift target has the strict settings")
    func strictness() {
        let manifest = repository.text("Package.swift")
        for name in [
            "ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility",
            "NonisolatedNonsendingByDefault", "treatAllWarnings(as: .error)",
        ] {
            #expect(manifest.contains(name))
        }
        let loose = Checks.looseTargets(manifest).filter { name in
            name == "name" || name == "?" || !repository.swift(under: "Sources/\(name)/").isEmpty
                || !repository.swift(under: "Tests/\(name)/").isEmpty
        }
        #expect(loose == [])
    }

    @Test("built and resolved things stay out of the repository")
    func ignored() {
        let lines = repository.text(".gitignore").split(separator: "\n")
        #expect(lines.contains(".build/") || lines.contains(".build"))
        #expect(lines.contains("Package.resolved"))
    }
}
