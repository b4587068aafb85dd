import Testing

@Suite("Texts in two languages") struct PhraseTests {
    private let files = Repository.shared.swift(under: "Sources/")

    @Test("every phrase is there in both languages, with the same parts filled in")
    func phrases() {
        var count = 0
        for file in files {
            for phrase in WrittenPhrase.all(in: file.text) {
                count += 1
                let flaws = PhraseChecks.flaws(phrase)
                #expect(flaws == [], "\(file.path): \(phrase.en) \(phrase.zh)")
            }
        }
        #expect(count > 150)
    }

    @Test("every phrase that is written is found")
    func found() {
        for file in files {
            let beginning = /\bPhrase\(\s*en:/.wordBoundaryKind(.simple)
            let written = file.text.matches(of: beginning).count
            #expect(WrittenPhrase.all(in: file.text).count == written, "\(file.path)")
        }
    }

    @Test("no command fails in one language alone")
    func failures() {
        let loose = /CommandFailure\(\s*\.\w+,\s*"|ValidationError\(\s*"/
        let commands = files.filter { $0.path.hasPrefix("Sources/kiosk-agent/") }
        #expect(commands.filter { $0.text.contains(loose) }.map(\.path) == [])
    }

    @Test(
        "the check finds what is wrong",
        arguments: [
            (#"Phrase(en: "no \(card)", zh: "没有 \(card)")"#, [String]()),
            (#"Phrase(en: "no \(a.en) — \(b)", zh: "\(b)：没有 \(a.zh)")"#, []),
            (#"Phrase(en: "run " + "it, \(x("a"))", zh: "请运行 \(x("a"))")"#, []),
            (#"Phrase(en: "no card", zh: "no card")"#, ["no Chinese", "English: no"]),
            (#"Phrase(en: "no \(card)", zh: "没有卡")"#, ["another filling"]),
            (#"Phrase(en: "\(a) \(a)", zh: "两次 \(a)")"#, ["another filling"]),
            (#"Phrase(en: "x", zh: "卡 is gone")"#, ["English: is"]),
            (#"Phrase(en: text, zh: text)"#, []),
        ])
    func checker(source: String, flaws: [String]) throws {
        let phrase = try #require(WrittenPhrase.all(in: source).first)
        #expect(PhraseChecks.flaws(phrase) == flaws)
    }
}
