import Foundation

@testable import LocalAPI

/// `openapi.json`, read.
struct Interface: Sendable {
    /// One call of the document.
    struct Operation: Sendable {
        /// For example `GET /v1/payments/{seq}`.
        var call: String
        var value: JSONValue
        /// What is said for all calls of its path.
        var path: JSONValue
    }

    let root: JSONValue

    init() throws {
        root = try JSONDecoder().decode(
            JSONValue.self, from: Data(PackageResources.openapi_json))
    }

    private static let methods: Set<String> = ["get", "put", "post", "delete", "patch", "head"]

    var operations: [Operation] {
        (root["paths"]?.members ?? [:]).flatMap { path, item in
            item.members.filter { Self.methods.contains($0.key) }.map { method, value in
                Operation(call: "\(method.uppercased()) \(path)", value: value, path: item)
            }
        }.sorted { $0.call < $1.call }
    }

    func operation(_ call: String) -> Operation? { operations.first { $0.call == call } }

    /// The component of this kind and name.
    func component(_ kind: String, _ name: String) -> JSONValue? {
        root["components"]?[kind]?[name]
    }

    /// What a `$ref` stands for, or the value itself; nil when the reference leads nowhere.
    func resolved(_ value: JSONValue) -> JSONValue? {
        guard let reference = value["$ref"]?.text else { return value }
        let names = reference.split(separator: "/").map(String.init)
        guard names.first == "#" else { return nil }
        return names.dropFirst().reduce(Optional(root)) { $0?[$1] }
    }

    /// The schema of the answer with this status; nil when it has none.
    func schema(of operation: Operation, status: Int, type: String) -> JSONValue? {
        let answers = operation.value["responses"]
        guard let answer = answers?["\(status)"] ?? answers?["default"] else { return nil }
        return resolved(answer)?["content"]?[type]?["schema"]
    }
}
