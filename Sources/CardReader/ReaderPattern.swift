/// A glob over reader names: `*` stands for any text, also none; `?` for one character.
///
/// Upper and lower case differ. There is no escape: reader names hold neither sign.
struct ReaderPattern: Hashable, Sendable {
    private let pattern: [Unicode.Scalar]

    init(_ text: String) {
        pattern = Array(text.unicodeScalars)
    }

    /// Goes back to the last `*` only, so that time grows with the product of the lengths at worst.
    func matches(_ name: String) -> Bool {
        let name = Array(name.unicodeScalars)
        var (at, inName) = (0, 0)
        var lastStar: (at: Int, inName: Int)?
        while inName < name.count {
            if at < pattern.count, pattern[at] == "*" {
                lastStar = (at, inName)
                at += 1
            } else if at < pattern.count, pattern[at] == "?" || pattern[at] == name[inName] {
                at += 1
                inName += 1
            } else if let star = lastStar {
                lastStar = (star.at, star.inName + 1)
                (at, inName) = (star.at + 1, star.inName + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == "*" }
    }
}
