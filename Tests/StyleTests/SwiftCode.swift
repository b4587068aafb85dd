/// Swift text without its comments and the insides of its strings; line numbers stay.
struct SwiftCode {
    let lines: [String]

    init(_ source: String) {
        var scanner = Scanner(bytes: Array(source.utf8))
        scanner.scan()
        lines = String(decoding: scanner.bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    private struct Scanner {
        var bytes: [UInt8]
        var at = 0

        func sees(_ text: String) -> Bool { bytes[at...].starts(with: text.utf8) }

        /// Writes spaces over the next `count` bytes, but keeps the ends of lines.
        mutating func blank(_ count: Int) {
            for _ in 0..<count where at < bytes.count {
                if bytes[at] != UInt8(ascii: "\n") { bytes[at] = UInt8(ascii: " ") }
                at += 1
            }
        }

        mutating func scan() {
            while at < bytes.count {
                if sees("//") {
                    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { blank(1) }
                } else if sees("/*") {
                    while at < bytes.count, !sees("*/") { blank(1) }
                    blank(2)
                } else if bytes[at] == UInt8(ascii: "\"") || sees("#\"") || sees("##\"") {
                    skipString()
                } else {
                    at += 1
                }
            }
        }

        /// A literal of any kind; what stands in `\(…)` is blanked too.
        private mutating func skipString() {
            var hashes = ""
            while bytes[at] == UInt8(ascii: "#") {
                hashes += "#"
                blank(1)
            }
            let quotes = sees("\"\"\"") ? "\"\"\"" : "\""
            blank(quotes.utf8.count)
            while at < bytes.count, !sees(quotes + hashes) {
                if sees("\\" + hashes + "(") {
                    blank(2 + hashes.utf8.count)
                    skipInterpolation()
                } else {
                    blank(sees("\\" + hashes) ? 2 + hashes.utf8.count : 1)
                }
            }
            blank(quotes.utf8.count + hashes.utf8.count)
        }

        private mutating func skipInterpolation() {
            var depth = 1
            while at < bytes.count, depth > 0 {
                if bytes[at] == UInt8(ascii: "\"") || sees("#\"") {
                    skipString()
                    continue
                }
                if bytes[at] == UInt8(ascii: "(") { depth += 1 }
                if bytes[at] == UInt8(ascii: ")") { depth -= 1 }
                blank(1)
            }
        }
    }
}
