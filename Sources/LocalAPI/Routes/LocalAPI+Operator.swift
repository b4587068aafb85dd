internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import SyncEngine
internal import TerminalAgent
internal import TerminalCore

extension LocalAPI {
    func addOperatorRoutes(_ router: Router<APIContext>) {
        router.post("/v1/sync") { request, _ in
            try operators.check(request)
            await engine.syncNow()
            return try JSONAnswer.make(try await status(), status: .accepted)
        }
        router.post("/v1/taps") { request, _ in try await tap(request) }
    }

    struct CardBody: Decodable { var card: String }

    func number(_ text: String) throws -> CardNumber {
        do {
            return try CardNumber(text)
        } catch {
            throw Problem.invalid("card must be 1 to 64 of A-Z a-z 0-9 . _ : -")
        }
    }

    private func tap(_ request: Request) async throws -> Response {
        guard await agent.reader.isSimulated else {
            throw Problem(
                .conflict, "unavailable",
                "the tap is not taken — taps come from a real reader — "
                    + "set reader.source to simulated")
        }
        await agent.simulateTap(
            try number(try await JSONAnswer.decode(CardBody.self, from: request).card))
        return Response(status: .accepted)
    }
}
