internal import TerminalCore

/// How the whole value of a key is read: a single value, a list or a map.
struct ValueType<Value: Sendable>: Sendable {
    let shape: Shape
    /// What may stand here, in words: it follows "allowed: ".
    let allowed: Phrase
    /// Nil after a finding that leaves nothing to go on with.
    let read: @Sendable (Raw, inout [Finding]) -> Value?
}

/// The form of a value, which decides whether an environment variable can hold it.
enum Shape: Hashable, Sendable { case single, list, map }

extension ValueType {
    /// A single value that must be there.
    static func one(_ type: ScalarType<Value>) -> Self {
        Self(shape: .single, allowed: type.allowed) { raw, findings in
            type.read(raw, into: &findings)
        }
    }

    /// A single value, or null; the example's `...` counts as null.
    static func orNull<Wrapped: Sendable>(_ type: ScalarType<Wrapped>) -> Self
    where Value == Wrapped? {
        let allowed = type.allowed + Phrase(en: ", or null", zh: "，或 null")
        return Self(shape: .single, allowed: allowed) { raw, findings in
            if raw.isNothing { return .some(nil) }
            return type.read(raw, into: &findings).map { .some($0) }
        }
    }

    /// A list of single values.
    static func list<Item: Sendable>(_ type: ScalarType<Item>, countMax: Int) -> Self
    where Value == [Item] {
        let allowed = Phrase(
            en: "a list of at most \(countMax), each \(type.allowed.en)",
            zh: "最多 \(countMax) 项的列表，每项为：\(type.allowed.zh)")
        return Self(shape: .list, allowed: allowed) { raw, findings in
            guard let items = raw.items(countMax: countMax, allowed: allowed, into: &findings)
            else { return nil }
            return items.enumerated().compactMap { index, item in
                type.read(item, member: "[\(index + 1)]", into: &findings)
            }
        }
    }
}

extension Raw {
    /// The items of a list; nil after a finding.
    func items(countMax: Int, allowed: Phrase, into findings: inout [Finding]) -> [Raw]? {
        guard case .list(let items) = content else {
            let what = Phrase(
                en: "is \(kind.en) where a list is wanted", zh: "\(kind.zh)，此处应为列表")
            findings.append(unfit(what, allowed: allowed))
            return nil
        }
        guard items.count <= countMax else {
            let what = Phrase(en: "has \(items.count) entries", zh: "有 \(items.count) 项")
            findings.append(unfit(what, allowed: allowed))
            return nil
        }
        return items
    }

    /// The members of a map; nil after a finding.
    func members(
        at member: String = "", allowed: Phrase, into findings: inout [Finding]
    ) -> [Member]? {
        guard case .map(let members) = content else {
            findings.append(unfit(noMap, at: member, allowed: allowed))
            return nil
        }
        return members
    }

    /// That something else stands where a map should.
    var noMap: Phrase {
        Phrase(en: "is \(kind.en) where a map is wanted", zh: "\(kind.zh)，此处应为映射")
    }

    func unfit(_ what: Phrase, at member: String = "", allowed: Phrase) -> Finding {
        Finding(member: member, place: place, value: nil, what: what, allowed: allowed)
    }
}
