internal import TerminalCore

/// Reads the members of a small map by name, and gathers what is wrong with them.
struct MemberReader {
    private let raw: Raw
    private let path: String
    private var members: [String: Raw] = [:]
    private(set) var findings: [Finding] = []

    private static let unknown = Phrase(en: "is not known here", zh: "在此处未知")

    /// Nil after a finding that `raw` is no map; unknown and repeated names are findings too.
    init?(_ raw: Raw, path: String = "", names: [String], into outer: inout [Finding]) {
        let allowed = Phrase(verbatim: "{" + names.joined(separator: ", ") + "}")
        guard let all = raw.members(at: path, allowed: allowed, into: &outer) else { return nil }
        self.raw = raw
        self.path = path
        for member in all {
            let unknown = names.contains(member.name) ? nil : Self.unknown
            let repeated = members[member.name] == nil ? nil : Phrase.isTwice
            if let what = unknown ?? repeated {
                findings.append(
                    Finding(
                        member: path, place: member.place, value: Raw.quoted(member.name),
                        what: what, allowed: allowed))
            }
            members[member.name] = member.value
        }
    }

    /// A member that must be there; nil after a finding.
    mutating func required<Value: Sendable>(_ name: String, _ type: ScalarType<Value>) -> Value? {
        guard let value = members[name] else {
            let missing = Phrase(en: "has no \"\(name)\"", zh: "没有 \"\(name)\"")
            let allowed = Phrase(verbatim: "\(name): ") + type.allowed
            findings.append(raw.unfit(missing, at: path, allowed: allowed))
            return nil
        }
        return type.read(value, member: "\(path).\(name)", into: &findings)
    }

    /// A member that may be missing or null.
    mutating func optional<Value: Sendable>(_ name: String, _ type: ScalarType<Value>) -> Value? {
        guard let value = members[name] else { return nil }
        if case .null = value.content { return nil }
        return type.read(value, member: "\(path).\(name)", into: &findings)
    }

    /// Adds a finding about the map as a whole.
    mutating func object(_ what: Phrase, allowed: Phrase) {
        findings.append(raw.unfit(what, at: path, allowed: allowed))
    }
}
