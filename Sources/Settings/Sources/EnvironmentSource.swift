/// The `KIOSK_` variables with their raw values, and what is wrong with their names.
struct EnvironmentSource {
    private(set) var values: [String: Raw] = [:]
    private(set) var problems: [Problem] = []

    init(_ environment: [String: String]) {
        for (name, text) in environment.sorted(by: { $0.key < $1.key })
        where name.hasPrefix(SettingKey.variablePrefix) {
            take(name, text)
        }
    }

    private static let byName = Dictionary(
        uniqueKeysWithValues: KeyTable.keys.map { ($0.variableName, $0) })

    private mutating func take(_ name: String, _ text: String) {
        guard let key = Self.byName[name] else {
            let known = KeyTable.keys.compactMap(\.variable)
            let meant = Suggestion.nearest(to: name, among: known).map { "did you mean \($0)?" }
            return object(
                name, key: nil, "is not a known variable",
                meant ?? "remove it, or see kiosk-agent config show for the keys")
        }
        guard key.variable != nil else {
            return object(
                name, key: key.path, "cannot be set by a variable", "set it in the file")
        }
        values[key.path] = Self.raw(text, shape: key.shape, place: .variable(name))
    }

    private mutating func object(_ name: String, key: String?, _ what: String, _ remedy: String) {
        problems.append(
            Problem(place: .variable(name), key: key, value: nil, what: what, remedy: remedy))
    }

    /// Nothing and `null` are null, as in the file; a list is separated by commas.
    private static func raw(_ text: String, shape: Shape, place: Place) -> Raw {
        let isNull = text.isEmpty || text == "null"
        guard shape == .list else {
            return Raw(content: isNull ? .null : .scalar(text), place: place)
        }
        let parts = isNull ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
        return Raw(content: .list(parts.map { item($0, place) }), place: place)
    }

    private static func item(_ text: Substring, _ place: Place) -> Raw {
        let start = text.firstIndex { $0 != " " } ?? text.endIndex
        let end = text.lastIndex { $0 != " " }.map(text.index(after:)) ?? start
        return Raw(content: .scalar(String(text[start..<end])), place: place)
    }
}
