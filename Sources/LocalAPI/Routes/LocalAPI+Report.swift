internal import Hummingbird
internal import Ledger
internal import TerminalCore

extension LocalAPI {
    func addReportRoutes(_ router: Router<APIContext>) {
        router.get("/v1/report") { request, _ in
            try operators.check(request)
            return try JSONAnswer.make(try await ledger.report(try day(of: request)))
        }
    }

    /// The day of `?date=`; today when there is none.
    private func day(of request: Request) throws -> LocalDate {
        guard let text = request.uri.queryParameters["date"] else { return LocalDate(clock.now()) }
        guard let date = LocalDate(String(text)) else {
            throw Problem.invalid("date must be a day such as 2026-11-21")
        }
        return date
    }
}
