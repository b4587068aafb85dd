/// Which paths a fault is for: a prefix, or a pattern for the whole path with `*` and `?`.
struct PathPattern: Hashable, Sendable {
    private let pattern: [UInt8]
    private let isPrefix: Bool

    init(_ text: String) {
        pattern = Array(text.utf8)
        isPrefix = !pattern.contains(UInt8(ascii: "*")) && !pattern.contains(UInt8(ascii: "?"))
    }

    func matches(_ path: String) -> Bool {
        let path = Array(path.utf8)
        return isPrefix ? path.starts(with: pattern) : matchesWhole(path)
    }

    /// Goes back to the last `*` only, so that the time is bounded by the product of the lengths.
    private func matchesWhole(_ path: [UInt8]) -> Bool {
        var (at, inPath) = (0, 0)
        var star: (pattern: Int, path: Int)?
        while inPath < path.count {
            if at < pattern.count, pattern[at] == UInt8(ascii: "*") {
                star = (at, inPath)
                at += 1
            } else if at < pattern.count,
                pattern[at] == path[inPath] || pattern[at] == UInt8(ascii: "?")
            {
                (at, inPath) = (at + 1, inPath + 1)
            } else if let last = star {
                star = (last.pattern, last.path + 1)
                (at, inPath) = (last.pattern + 1, last.path + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
