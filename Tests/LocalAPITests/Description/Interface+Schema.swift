/// The part of JSON Schema 2020-12 that the document uses.
extension Interface {
    /// What about `value` is not as `schema` says; empty when all is.
    ///
    /// A keyword that is not checked here is an error, too.
    func problems(of value: JSONValue, _ schema: JSONValue, at place: String = "it") -> [String] {
        guard let schema = resolved(schema) else { return ["\(place): its schema is not there"] }
        return schema.members.sorted { $0.key < $1.key }.flatMap { keyword, rule in
            problem(keyword, rule, value, place) + inside(keyword, rule, value, schema, place)
        }
    }

    private func problem(
        _ keyword: String, _ rule: JSONValue, _ value: JSONValue, _ place: String
    ) -> [String] {
        let isGood =
            switch keyword {
            case "type": Self.types(rule).contains(value.type)
            case "enum": rule.elements.contains(value)
            case "required": rule.elements.allSatisfy { $0.text.map { value[$0] != nil } ?? false }
            case "minimum": (value.integer ?? .max) >= (rule.integer ?? .max)
            case "maximum": (value.integer ?? .min) <= (rule.integer ?? .min)
            case "minLength": (value.text?.count ?? .max) >= Int(rule.integer ?? .max)
            case "maxLength": (value.text?.count ?? 0) <= Int(rule.integer ?? 0)
            case "maxProperties": value.members.count <= Int(rule.integer ?? 0)
            case "pattern": Self.matches(value.text, rule.text)
            case "properties", "additionalProperties", "items": true
            case "description", "examples", "default": true
            default: false
            }
        return isGood ? [] : ["\(place): \(keyword)"]
    }

    private func inside(
        _ keyword: String, _ rule: JSONValue, _ value: JSONValue, _ schema: JSONValue,
        _ place: String
    ) -> [String] {
        switch keyword {
        case "properties":
            return value.members.flatMap { name, member in
                rule[name].map { problems(of: member, $0, at: "\(place).\(name)") } ?? []
            }
        case "additionalProperties":
            return value.members.filter { schema["properties"]?[$0.key] == nil }
                .flatMap { problems(of: $0.value, rule, at: "\(place).\($0.key)") }
        case "items":
            return value.elements.flatMap { problems(of: $0, rule, at: "\(place)[]") }
        default: return []
        }
    }

    private static func types(_ rule: JSONValue) -> [String] {
        rule.text.map { [$0] } ?? rule.elements.compactMap(\.text)
    }

    private static func matches(_ text: String?, _ pattern: String?) -> Bool {
        guard let text, let pattern, let regex = try? Regex(pattern) else { return false }
        return text.firstMatch(of: regex) != nil
    }
}

extension JSONValue {
    /// The schema's word for what it is.
    fileprivate var type: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .text: "string"
        case .list: "array"
        case .object: "object"
        }
    }
}
