import Testing

@Suite("The links of the documents") struct LinkTests {
    private let repository = Repository.shared

    @Test("a link to a part of a document leads to a heading that is there")
    func parts() {
        var count = 0
        for document in repository.files where document.path.hasSuffix(".md") {
            for link in document.text.matches(of: /\]\(([^)#:\s]*)#([^)\s]+)\)/) {
                count += 1
                let target = Self.path(String(link.1), from: document.path)
                let anchors = Self.anchors(repository.text(target))
                #expect(anchors.contains(String(link.2)), "\(document.path): \(link.0)")
            }
        }
        #expect(count > 20)
    }

    private static func path(_ link: String, from document: String) -> String {
        if link.isEmpty { return document }
        var parts = document.split(separator: "/").dropLast().map(String.init)
        for part in link.split(separator: "/").map(String.init) {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }

    /// The headings as GitHub names them in addresses.
    private static func anchors(_ text: String) -> Set<String> {
        let headings = text.matches(of: /^#+ (.+)$/.anchorsMatchLineEndings())
        return Set(
            headings.map { heading in
                heading.1.lowercased()
                    .filter { $0.isLetter || $0.isNumber || "_- ".contains($0) }
                    .replacing(" ", with: "-")
            })
    }
}
