import HTTPTypes
import Hummingbird
import NIOHTTP1
import TerminalCore
import Testing

@testable import LocalAPI

@Suite("The description of the interface") struct InterfaceTests {
    private let interface: Interface

    init() throws { interface = try Interface() }

    /// The parts of the pages are for the pages alone.
    @Test("it has every call that there is, and no other")
    func calls() async throws {
        let described = interface.operations.map(\.call)
        let parts = (PayerPage.files.dropFirst() + OperatorPage.files.dropFirst())
            .map { "GET \($0.path)" }
        try await withAPI { api in
            let router = try #require(api.server).routes(Door())
            let routed = router.routes.map { "\($0.method.rawValue) \($0.path.description)" }
                .filter { !parts.contains($0) }
            #expect(described == routed.sorted())
        }
    }

    @Test("the agent gives it out as it is")
    func served() async throws {
        try await withAPI { api in
            let answer = try await api.call(.GET, "/openapi.json")
            #expect(answer.status == 200)
            #expect(answer.headers.first(name: "content-type") == "application/json")
            #expect(try JSONValue.read(answer.text) == interface.root)
        }
    }

    @Test("each call has a name of its own, a summary and a known tag")
    func names() {
        let operations = interface.operations
        let names = operations.compactMap { $0.value["operationId"]?.text }
        #expect(names.count == operations.count && Set(names).count == names.count)
        let tags = (interface.root["tags"]?.elements ?? []).compactMap { $0["name"]?.text }
        for operation in operations {
            #expect(operation.value["summary"]?.text?.isEmpty == false, "\(operation.call)")
            let own = operation.value["tags"]?.elements.compactMap(\.text) ?? []
            #expect(own.count == 1 && tags.contains(own[0]), "\(operation.call)")
        }
    }

    @Test("each answer is described and has a schema, unless it has no body")
    func answers() {
        for operation in interface.operations {
            let answers = operation.value["responses"]?.members ?? [:]
            #expect(answers["default"] != nil, "\(operation.call)")
            #expect(answers.keys.contains { $0.hasPrefix("2") }, "\(operation.call)")
            for (status, answer) in answers {
                let resolved = interface.resolved(answer)
                #expect(resolved?["description"]?.text?.isEmpty == false, "\(operation.call)")
                let forms = resolved?["content"]?.members ?? [:]
                let isBare = forms.isEmpty && ["202", "204"].contains(status)
                let hasSchemas = forms.values.allSatisfy { $0["schema"] != nil }
                #expect(isBare || !forms.isEmpty && hasSchemas, "\(operation.call) \(status)")
            }
        }
    }

    @Test("each reference leads somewhere, and each component is used")
    func references() {
        let references = interface.root.everything.compactMap { $0["$ref"]?.text }
        for reference in Set(references) {
            let found = interface.resolved(.object(["$ref": .text(reference)]))
            #expect(found != nil, "\(reference)")
        }
        for kind in ["parameters", "responses", "schemas"] {
            for name in interface.root["components"]?[kind]?.members.keys.sorted() ?? [] {
                #expect(references.contains("#/components/\(kind)/\(name)"), "\(name)")
            }
        }
    }

    @Test("the parts of a path are its parameters")
    func parameters() {
        for operation in interface.operations {
            let given = [operation.path, operation.value]
                .flatMap { $0["parameters"]?.elements ?? [] }.compactMap(interface.resolved)
            let inPath = given.filter { $0["in"]?.text == "path" }.compactMap { $0["name"]?.text }
            let parts = operation.call.matches(of: /\{(\w+)\}/).map { String($0.1) }
            #expect(inPath == parts, "\(operation.call)")
        }
    }

    @Test("each example is as its schema says")
    func examples() {
        let schemas = interface.root["components"]?["schemas"]?.members ?? [:]
        for (name, schema) in schemas {
            for example in schema["examples"]?.elements ?? [] {
                #expect(interface.problems(of: example, schema, at: name) == [])
                let known = Set(schema["properties"]?.members.keys.map { $0 } ?? [])
                #expect(Set(example.members.keys).isSubset(of: known), "\(name)")
            }
        }
        #expect(schemas["Payment"]?["examples"]?.elements.isEmpty == false)
        #expect(schemas["Problem"]?["examples"]?.elements.isEmpty == false)
    }

    @Test("the words of a list are the program's")
    func lists() {
        func words(_ names: String...) -> [String] {
            let schemas = interface.root["components"]?["schemas"]
            let value = names.reduce(schemas) { $0?[$1] }
            return value?["enum"]?.elements.compactMap(\.text) ?? []
        }
        #expect(Set(words("PaymentState")) == Set(PaymentState.allCases.map(\.rawValue)))
        #expect(words("Reason") == Reason.allCases.map(\.rawValue))
        let outcomes = words("Receipt", "properties", "outcome")
        #expect(outcomes == Receipt.Outcome.allCases.map(\.rawValue))
        let charges = words("Receipt", "properties", "charge")
        #expect(charges == Receipt.Charge.allCases.map(\.rawValue))
        let screens = ViewTests.screens.map { ScreenView($0.screen).kind }
        #expect(Set(words("Screen", "properties", "kind")) == Set(screens))
    }

    @Test("who needs the operator's token is said so, and nobody else does")
    func operators() async throws {
        try await withAPI { api in
            for operation in interface.operations where operation.call != "GET /v1/events" {
                let parts = operation.call.split(separator: " ").map(String.init)
                let path = parts[1].replacing(/\{\w+\}/, with: "K0011")
                let method = HTTPMethod(rawValue: parts[0])
                let body = method == .POST ? "{}" : nil
                let status = try await api.call(method, path, body).status
                let security = operation.value["security"]?.elements ?? []
                let needsToken = security.count == 1
                #expect((status == 401) == needsToken, "\(operation.call): \(status)")
            }
        }
    }
}
