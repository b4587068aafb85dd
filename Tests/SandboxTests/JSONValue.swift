import FoundationEssentials

/// Any JSON value, for comparing answers with fixtures.
enum JSONValue: Decodable, Hashable, Sendable {
    case text(String)
    case number(Int64)
    case flag(Bool)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let value = try decoder.singleValueContainer()
        if let text = try? value.decode(String.self) {
            self = .text(text)
        } else if let flag = try? value.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? value.decode(Int64.self) {
            self = .number(number)
        } else if let list = try? value.decode([JSONValue].self) {
            self = .list(list)
        } else {
            self = .object(try value.decode([String: JSONValue].self))
        }
    }

    var text: String? { if case .text(let text) = self { text } else { nil } }
    var number: Int64? { if case .number(let number) = self { number } else { nil } }
    var list: [JSONValue] { if case .list(let list) = self { list } else { [] } }
    var object: [String: JSONValue] { if case .object(let object) = self { object } else { [:] } }

    /// The same value with its leaves replaced by the names of their types.
    var shape: JSONValue {
        switch self {
        case .text: .text("text")
        case .number: .text("number")
        case .flag: .text("flag")
        case .list(let list): .list(list.map(\.shape))
        case .object(let object): .object(object.mapValues(\.shape))
        }
    }

    /// A file of Tests/Fixtures/<platform>.
    static func fixture(
        _ name: String, of platform: String = "sovell", file: String = #filePath
    ) throws -> JSONValue {
        let folder = file.split(separator: "/").dropLast(2).joined(separator: "/")
        let path = "/\(folder)/Fixtures/\(platform)/\(name)"
        let data = try Data(contentsOf: URL(filePath: path))
        return try JSONDecoder().decode(JSONValue.self, from: data)
    }
}

extension RawAnswer {
    /// The body as a JSON object.
    func json() throws -> [String: JSONValue] { try value().object }

    /// The body as JSON.
    func value() throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(body.utf8))
    }
}
