@testable import LocalAPI

/// Compares what a type encodes with its schema, also those members that have no value now.
struct Members {
    private let interface: Interface

    init(_ interface: Interface) { self.interface = interface }

    /// One line for each member that is missing on one side, is optional on one side alone, or has
    /// another type; sorted.
    func differences(_ value: Any, _ schema: JSONValue, at place: String) -> [String] {
        guard let schema = interface.resolved(schema) else { return ["\(place): no schema"] }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional:
            return mirror.children.flatMap { differences($0.value, schema, at: place) }
        case .collection:
            let items = schema["items"] ?? .null
            return mirror.children.flatMap { differences($0.value, items, at: "\(place)[]") }
        case .dictionary:
            let values = schema["additionalProperties"] ?? .null
            return mirror.children.flatMap { pair in
                Mirror(reflecting: pair.value).children.dropFirst()
                    .flatMap { differences($0.value, values, at: "\(place)[]") }
            }
        case .struct where Self.word(of: type(of: value)) == nil:
            return ofStruct(mirror, schema, at: place)
        default: return []
        }
    }

    private func ofStruct(_ mirror: Mirror, _ schema: JSONValue, at place: String) -> [String] {
        let described = schema["properties"]?.members ?? [:]
        let required = Set(schema["required"]?.elements.compactMap(\.text) ?? [])
        var lines: [String] = []
        var encoded: Set<String> = []
        for child in mirror.children {
            let name = Self.snakeCase(child.label ?? "")
            encoded.insert(name)
            guard let rule = described[name].flatMap(interface.resolved) else {
                lines.append("\(place).\(name): not described")
                continue
            }
            let types = rule["type"]?.text.map { [$0] } ?? rule["type"]?.elements.compactMap(\.text)
            let isOptional = Mirror(reflecting: child.value).displayStyle == .optional
            let isNullable = types?.contains("null") ?? false
            if required.contains(name) != (!isOptional || isNullable) {
                lines.append("\(place).\(name): required")
            }
            if let word = Self.word(of: type(of: child.value)), types?.contains(word) == false {
                lines.append("\(place).\(name): type")
            }
            lines += differences(child.value, rule, at: "\(place).\(name)")
        }
        lines += described.keys.filter { !encoded.contains($0) }
            .map { "\(place).\($0): not encoded" }
        return lines.sorted()
    }

    /// The schema's word for a type of one value; nil for what has members or elements.
    private static func word(of type: any Any.Type) -> String? {
        switch type {
        case is Int.Type, is Int64.Type, is Optional<Int>.Type, is Optional<Int64>.Type: "integer"
        case is Bool.Type, is Optional<Bool>.Type: "boolean"
        case is String.Type, is Optional<String>.Type: "string"
        default: nil
        }
    }

    /// As the encoder spells a member: `oldestAgeMs` is `oldest_age_ms`.
    private static func snakeCase(_ name: String) -> String {
        name.reduce(into: "") { text, letter in
            text += letter.isUppercase ? "_" + letter.lowercased() : String(letter)
        }
    }
}
