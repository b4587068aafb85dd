internal import Hummingbird
internal import TerminalAgent
internal import TerminalCore

extension LocalAPI {
    func addReconcileRoutes(_ router: Router<APIContext>) {
        router.post("/v1/reconcile") { request, _ in try await reconcile(request) }
        router.get("/v1/reconcile") { request, _ in
            try operators.check(request)
            guard let job = await agent.reconciling else {
                throw Problem(.notFound, "not_found", "nothing was reconciled since the start")
            }
            return try JSONAnswer.make(ReconcileView(job, whole: true))
        }
    }

    private struct ReconcileBody: Decodable {
        var date: String?
        var repair: Bool?
        var by: String?
    }

    private func reconcile(_ request: Request) async throws -> Response {
        try operators.check(request)
        let body = try await JSONAnswer.decode(ReconcileBody.self, from: request)
        let date = try body.date.map { text in
            guard let date = LocalDate(text) else {
                throw Problem.invalid("date must be a day such as 2026-11-21")
            }
            return date
        }
        let job = await agent.reconcile(
            date, repairs: body.repair ?? false, by: try operatorsName(body.by))
        guard let job else {
            throw Problem(
                .conflict, "busy", "a reconciliation is under way — wait until it has ended")
        }
        return try JSONAnswer.make(ReconcileView(job, whole: true), status: .accepted)
    }
}
