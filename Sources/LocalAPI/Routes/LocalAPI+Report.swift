internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import NIOCore
internal import TerminalCore

extension LocalAPI {
    func addReportRoutes(_ router: Router<APIContext>) {
        router.get("/v1/report") { request, _ in
            try operators.check(request)
            return try await report(request)
        }
        router.get("/v1/day") { request, _ in
            try operators.check(request)
            return try JSONAnswer.make(DayView(try await ledger.pace(try day(of: request))))
        }
    }

    private func report(_ request: Request) async throws -> Response {
        let format = request.uri.queryParameters["format"] ?? "json"
        guard ["json", "csv"].contains(format) else {
            throw Problem.invalid("format must be json or csv")
        }
        let report = try await ledger.report(try day(of: request))
        return try format == "csv" ? Self.csv(report) : JSONAnswer.make(report)
    }

    private static func csv(_ report: DayReport) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/csv; charset=utf-8; header=present",
                .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: report.csv)))
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
