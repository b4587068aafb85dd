internal import Hummingbird
internal import SyncEngine

extension LocalAPI {
    func addDecisionRoutes(_ router: Router<APIContext>) {
        router.post("/v1/payments/:seq/submit") { request, context in
            let word = try await operatorsWord(request)
            let seq = try context.parameters.require("seq")
            return try await answer(try await engine.submit(seq, word), .ok, request)
        }
        router.post("/v1/payments/:seq/write-off") { request, context in
            let word = try await operatorsWord(request)
            guard word.why != nil else { throw Problem.invalid("the member why is missing") }
            let seq = try context.parameters.require("seq")
            return try await answer(try await engine.writeOff(seq, word), .ok, request)
        }
    }

    private struct WordBody: Decodable {
        var why: String?
        var by: String?
    }

    /// Who is written into the history when the call does not say.
    private static let anOperator = "operator"
    /// Names in the history that are not an operator's.
    private static let reservedNames: Set<String> = ["agent", "pos"]

    /// Who decides and why; both may be left out.
    func operatorsWord(_ request: Request) async throws -> OperatorsWord {
        try operators.check(request)
        let body = try await JSONAnswer.decodeIfPresent(WordBody.self, from: request) ?? WordBody()
        if let why = body.why { try check(why, "why") }
        return OperatorsWord(by: try operatorsName(body.by), why: body.why)
    }

    /// Whom the history names.
    func operatorsName(_ given: String?) throws -> String {
        guard let given else { return Self.anOperator }
        try check(given, "by")
        guard !Self.reservedNames.contains(given) else {
            throw Problem.invalid("by must be an operator's name")
        }
        return given
    }

    private func check(_ text: String, _ name: String) throws {
        guard Self.isOneLine(text), text.contains(where: { !$0.isWhitespace }) else {
            throw Problem.invalid(
                "\(name) must be one line of 1 to \(APILimits.textMax) characters")
        }
    }
}
