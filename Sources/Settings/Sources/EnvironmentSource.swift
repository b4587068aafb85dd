internal import TerminalCore

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

    private static let removeIt = Phrase(
        en: "remove it, or see kiosk-agent config show for the keys",
        zh: "请删除，或用 kiosk-agent config show 查看所有键")

    private mutating func take(_ name: String, _ text: String) {
        guard let key = Self.byName[name] else {
            let known = KeyTable.keys.compactMap(\.variable)
            let meant = Suggestion.nearest(to: name, among: known)
                .map { Phrase.didYouMean($0) }
            return object(
                name, key: nil, Phrase(en: "is not a known variable", zh: "不是已知的变量"),
                meant ?? Self.removeIt)
        }
        guard key.variable != nil else {
            return object(
                name, key: key.path,
                Phrase(en: "cannot be set by a variable", zh: "不能用变量设置"),
                Phrase(en: "set it in the file", zh: "请在文件中设置"))
        }
        values[key.path] = Self.raw(text, shape: key.shape, place: .variable(name))
    }

    private mutating func object(_ name: String, key: String?, _ what: Phrase, _ remedy: Phrase) {
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
