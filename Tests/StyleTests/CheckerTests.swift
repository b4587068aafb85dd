import Testing

/// Each check must be able to fail: it is shown a bad sample and a good one.
@Suite("The checks themselves")
struct CheckerTests {
    @Test("a line of 101 columns is too long, one with a URL is not")
    func columns() {
        let fits = String(repeating: "字", count: 100)
        #expect(Checks.longLines("a\n\(fits)x\n\(fits)") == [2])
        #expect(Checks.longLines("// see https://example.org/" + fits) == [])
    }

    private static func function(_ head: String, lines: Int) -> String {
        head + " {\n" + String(repeating: "    x()\n", count: lines - 2) + "}\n"
    }

    @Test(
        "a function of 71 lines is too long, whatever declares it",
        arguments: [
            "func a()", "    public init(b: Int)", "init?(_ c: Int)", "deinit",
            "func d() -> [Int]",
        ])
    func functions(head: String) {
        #expect(Checks.longFunctions(Self.function(head, lines: 71)) == [1])
        #expect(Checks.longFunctions(Self.function(head, lines: 70)) == [])
    }

    @Test("requirements have no body, and braces in texts and comments do not count")
    func bodies() {
        let requirement = "protocol P {\n    func a(\n        b: Int\n    ) async\n}\n"
        #expect(Checks.longFunctions(requirement + Self.function("class C", lines: 90)) == [])
        let text = ##"""
            func a() {
                print("}", "\(b("}"))") // }
                /* } */ let c = #"}"#

            """##
        #expect(Checks.longFunctions(text + Self.function("if d", lines: 70) + "}\n") == [1])
    }

    @Test(
        "a machine with a clock, a wait or a die is found; words in comments are not",
        arguments: [
            ("func a() async {}", ["async"]), ("await b()", ["await"]),
            ("let now = Date()", ["Date()"]), ("ContinuousClock.now", [".now"]),
            ("Int.random(in: 0...1)", ["random"]), ("// async, await\nlet now = 1", []),
            ("let a = \"await \\(b)\"", []),
        ])
    func purity(text: String, found: [String]) {
        #expect(Checks.impurities(text) == found)
    }

    @Test("crashes, leftovers and vague names are found")
    func words() {
        #expect(Checks.crashes("let a = try! b() as! C // try!") == ["try!", "as!"])
        #expect(Checks.crashes("f(a.b as! C)\nlet d = (try! e())") == ["as!", "try!"])
        #expect(Checks.crashes("try? b() as? C, \"try!\"") == [])
        #expect(Checks.leftovers("// " + "TO" + "DO: later"))
        #expect(Checks.leftovers("// FIX" + "ME"))
        #expect(!Checks.leftovers("mastodon, TO" + "DOS"))
        let vague = [
            "StringUtils.swift", "Helpers.swift", "CardManager.swift", "CardManager+A.swift",
        ]
        #expect(vague.allSatisfy(Checks.isVagueName))
        #expect(!Checks.isVagueName("Managed.swift"))
    }

    @Test("tests that may be skipped are found")
    func skips() {
        #expect(Checks.skips("@Test(.enabled(if: a), .disabled())") == [".enabled(", ".disabled("])
        #expect(Checks.skips("a.enabled, \".disabled(\" // .disabled(") == [])
    }

    @Test("places of one machine are found")
    func paths() {
        let (work, root) = ("/" + "work/", "/" + "root/")
        #expect(Checks.machinePaths("see \(work)a"))
        #expect(Checks.machinePaths("\"\(root)a\""))
        #expect(Checks.machinePaths("a\n\(work)b"))
        #expect(!Checks.machinePaths("docs\(work)a, https://a.org\(root)"))
    }

    @Test("imports are read in every spelling")
    func imports() {
        let text = """
            internal import Ledger
            @testable import OAuth
            import struct GRDB.Row
            // import Settings
            let a = "import B"
            """
        #expect(Checks.imports(text) == ["Ledger", "OAuth", "GRDB"])
        #expect(Rooms.foreign("OAuth", imports: ["NIOCore", "TerminalCore"]) == ["TerminalCore"])
        #expect(Rooms.foreign("Cellar", imports: []) == nil)
    }

    @Test("a target without the strict settings is found")
    func targets() {
        let manifest = """
            .target(name: "A", dependencies: [.product(name: "B", package: "b")]),
            .target(name: name, swiftSettings: strict), .testTarget(name: "C-d"),
            """
        #expect(Checks.looseTargets(manifest) == ["A", "C-d"])
    }
}
