/// How the whole value of a key is read: a single value, a list or a map.
struct ValueType<Value: Sendable>: Sendable {
    let shape: Shape
    /// What may stand here, in words: it follows "allowed: ".
    let allowed: String
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
        Self(shape: .single, allowed: type.allowed + ", or null") { raw, findings in
            if raw.isNothing { return .some(nil) }
            return type.read(raw, into: &findings).map { .some($0) }
        }
    }

    /// A list of single values.
    static func list<Item: Sendable>(_ type: ScalarType<Item>, countMax: Int) -> Self
    where Value == [Item] {
        let allowed = "a list of at most \(countMax), each \(type.allowed)"
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
    func items(countMax: Int, allowed: String, into findings: inout [Finding]) -> [Raw]? {
        guard case .list(let items) = content else {
            findings.append(unfit("is \(kind) where a list is wanted", allowed: allowed))
            return nil
        }
        guard items.count <= countMax else {
            findings.append(unfit("has \(items.count) entries", allowed: allowed))
            return nil
        }
        return items
    }

    /// The members of a map; nil after a finding.
    func members(
        at member: String = "", allowed: String, into findings: inout [Finding]
    ) -> [Member]? {
        guard case .map(let members) = content else {
            let what = "is \(kind) where a map is wanted"
            findings.append(unfit(what, at: member, allowed: allowed))
            return nil
        }
        return members
    }

    func unfit(_ what: String, at member: String = "", allowed: String) -> Finding {
        Finding(member: member, place: place, value: nil, what: what, allowed: allowed)
    }
}
