/// The rules of CONTRIBUTING that a program can check: pure functions from text to findings.
enum Checks {
    static let columnsMax = 100
    static let functionLinesMax = 70

    static func longLines(_ text: String) -> [Int] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $1.count > columnsMax && !$1.contains("://") }.map { $0.offset + 1 }
    }

    /// The first lines of functions, initialisers and subscripts that are too long.
    static func longFunctions(_ text: String) -> [Int] {
        let lines = SwiftCode(text).lines
        return lines.indices.filter { declaresFunction(lines[$0]) }.filter { start in
            guard let end = end(ofFunctionAt: start, lines) else { return false }
            return end - start + 1 > functionLinesMax
        }.map { $0 + 1 }
    }

    private static func declaresFunction(_ line: String) -> Bool {
        let pattern = /\bfunc\s|^\s*(\w+\s+)*init[?]?[(<]|\bdeinit\b|\bsubscript\s*[(<]/
        return line.contains(pattern.wordBoundaryKind(.simple))
    }

    /// Nil for a requirement of a protocol, which has no body.
    private static func end(ofFunctionAt start: Int, _ lines: [String]) -> Int? {
        var (parens, braces) = (0, 0)
        for (offset, line) in lines[start...].enumerated() {
            if offset > 0, parens == 0, braces == 0, declaresFunction(line) { return nil }
            for letter in line {
                switch letter {
                case "(": parens += 1
                case ")": parens -= 1
                case "{" where parens == 0 || braces > 0: braces += 1
                case "}" where braces == 0 && parens == 0: return nil
                case "}" where braces > 0:
                    braces -= 1
                    if braces == 0 { return start + offset }
                default: break
                }
            }
        }
        return nil
    }

    /// What a pure machine must not know.
    static func impurities(_ text: String) -> [String] {
        found(/\basync\b|\bawait\b|\bDate\(\)|\.now\b|\brandom\w*/, in: text)
    }

    static func crashes(_ text: String) -> [String] { found(/\btry!|\bas!/, in: text) }

    /// A test that may not run tells nobody that it did not.
    static func skips(_ text: String) -> [String] {
        found(/\.(?:enabled|disabled)\s*\(/, in: text)
    }

    /// Simple word boundaries: the default ones see none at the point of `Int.random`.
    private static func found(_ pattern: Regex<Substring>, in text: String) -> [String] {
        let simple = pattern.wordBoundaryKind(.simple)
        return SwiftCode(text).lines.flatMap { $0.matches(of: simple).map { String($0.output) } }
    }

    /// Comments count here.
    static func leftovers(_ text: String) -> Bool {
        text.contains(/\bTODO\b|\bFIXME\b/.wordBoundaryKind(.simple))
    }

    static func isVagueName(_ name: String) -> Bool {
        name.contains(/(Utils?|Helpers?|Manager)s?(\+\w+)?\.\w+$/)
    }

    /// Places of one machine. A longer path that only contains such a part is none.
    static func machinePaths(_ text: String) -> Bool {
        text.contains(/(^|[^\w.)}\-\/])\/(work|root)\//.anchorsMatchLineEndings())
    }

    static func imports(_ text: String) -> Set<String> {
        let pattern = /^\s*(@\w+\s+)*(\w+\s+)?import\s+([a-z]+\s+)?(?<name>\w+)/
        return Set(
            SwiftCode(text).lines.compactMap { line in
                line.firstMatch(of: pattern).map { String($0.name) }
            })
    }

    /// The targets of a manifest that are called without `swiftSettings: strict`.
    static func looseTargets(_ manifest: String) -> [String] {
        manifest.matches(of: /\.(target|executableTarget|testTarget)\(/).compactMap { match in
            let call = balanced(manifest[match.range.upperBound...])
            if call.contains(/swiftSettings:\s*strict\b/) { return nil }
            return call.firstMatch(of: /name:\s*"?([\w\-]+)/).map { String($0.1) } ?? "?"
        }
    }

    /// Up to the parenthesis that closes the call.
    private static func balanced(_ text: Substring) -> Substring {
        var depth = 1
        let end = text.firstIndex { letter in
            if letter == "(" { depth += 1 }
            if letter == ")" { depth -= 1 }
            return depth == 0
        }
        return text[..<(end ?? text.endIndex)]
    }
}
