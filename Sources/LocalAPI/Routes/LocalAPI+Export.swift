internal import HTTPTypes
internal import Hummingbird
internal import Journal
internal import Ledger
internal import NIOCore
internal import TerminalCore

extension LocalAPI {
    func addExportRoute(_ router: Router<APIContext>) {
        router.post("/v1/export") { request, _ in
            try operators.check(request)
            return export(try await states(request))
        }
    }

    private struct ExportBody: Decodable { var state: String? }

    /// Payments a page, so that a long export holds little.
    private static let exportPage = 500

    private func states(_ request: Request) async throws -> Set<PaymentState> {
        let text = try await JSONAnswer.decode(ExportBody.self, from: request).state ?? ""
        return Set(
            try text.split(separator: ",").map { word in
                guard let state = PaymentState(rawValue: String(word)) else {
                    throw Problem.invalid("state must be one of the payment states")
                }
                return state
            })
    }

    /// A journal line by line; without its last line it broke off.
    private func export(_ states: Set<PaymentState>) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "application/x-ndjson", .cacheControl: "no-store"],
            body: ResponseBody { writer in
                var journal = try JournalExport(signer, at: clock.now())
                while !journal.isEnded {
                    let page = try await ledger.exported(
                        after: journal.last, states: states, limit: Self.exportPage)
                    let bytes = try journal.take(
                        page.map { ($0.payment, $0.sealedCard, $0.change) })
                    try await writer.write(ByteBuffer(bytes: bytes))
                }
                try await writer.finish(nil)
            })
    }
}
