internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension LocalAPI {
    func addPageRoutes(_ router: Router<APIContext>) {
        router.get("/") { _, _ in page(PayerPage.html(settings), "text/html; charset=utf-8") }
        router.get("/payer.css") { _, _ in page(PayerPage.style, "text/css; charset=utf-8") }
        router.get("/payer.js") { _, _ in
            page(PayerPage.script, "text/javascript; charset=utf-8")
        }
    }

    private func page(_ text: String, _ type: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
                .contentSecurityPolicy: Self.policy, .referrerPolicy: "no-referrer",
                .crossOriginResourcePolicy: "same-origin",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Nothing but the agent's own files, in no frame.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
