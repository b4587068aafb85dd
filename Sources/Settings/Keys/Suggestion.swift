/// Finds what a misspelt word was meant to be.
enum Suggestion {
    /// The nearest of `candidates`; nil when none is near.
    static func nearest(to word: String, among candidates: [String]) -> String? {
        guard word.utf8.count <= 128 else { return nil }
        let limit = max(2, word.utf8.count / 5)
        let scored = candidates.map { (distance(word.lowercased(), $0.lowercased()), $0) }
        guard let best = scored.min(by: { $0.0 < $1.0 }), best.0 <= limit else { return nil }
        return best.1
    }

    /// How many letters must be changed, added or removed (Levenshtein).
    static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.utf8)
        var row = Array(0...right.count)
        for (line, byte) in left.utf8.enumerated() {
            var diagonal = row[0]
            row[0] = line + 1
            for column in right.indices {
                let change = diagonal + (byte == right[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, row[column] + 1, diagonal + 1)
            }
        }
        return row[right.count]
    }
}
