internal import TerminalCore

/// The keys of a configuration file with their raw values, and what is wrong with its shape.
struct ConfigurationFile {
    private(set) var values: [String: Raw] = [:]
    private(set) var problems: [Problem] = []

    init(_ root: Raw) { descend(root, section: "") }

    private mutating func descend(_ raw: Raw, section: String) {
        switch raw.content {
        case .map(let members): for member in members { take(member, section: section) }
        case .null: break
        default: refuse(raw, section: section)
        }
    }

    private mutating func take(_ member: Raw.Member, section: String) {
        let path = section.isEmpty ? member.name : "\(section).\(member.name)"
        if KeyTable.sections.contains(path) {
            descend(member.value, section: path)
        } else if KeyTable.key(path) == nil {
            problems.append(unknown(member, path: path, section: section))
        } else if values.updateValue(member.value, forKey: path) != nil {
            problems.append(
                Problem(
                    place: member.place, key: path, value: nil, what: .isTwice,
                    remedy: .removeOne))
        }
    }

    private mutating func refuse(_ raw: Raw, section: String) {
        let members = KeyTable.members(of: section).joined(separator: ", ")
        problems.append(
            Problem(
                place: raw.place, key: section.isEmpty ? nil : section, value: nil,
                what: raw.noMap, remedy: .allowed(Phrase(verbatim: members))))
    }

    private func unknown(_ member: Raw.Member, path: String, section: String) -> Problem {
        let candidates = KeyTable.keys.map(\.path) + KeyTable.sections.sorted()
        let moved = KeyTable.keys.first { $0.path.hasSuffix(".\(member.name)") }?.path
        let meant = Suggestion.nearest(to: path, among: candidates) ?? moved
        let members = KeyTable.members(of: section).joined(separator: ", ")
        return Problem(
            place: member.place, key: Raw.shortened(path), value: nil,
            what: Phrase(en: "is not a known key", zh: "不是已知的键"),
            remedy: meant.map { Phrase.didYouMean($0) }
                ?? Phrase.allowed(Phrase(verbatim: members)))
    }
}
