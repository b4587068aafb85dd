internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension LocalAPI {
    func addPageRoutes(_ router: Router<APIContext>) {
        for file in PayerPage.files + OperatorPage.files {
            router.get(RouterPath(file.path)) { _, _ in page(file) }
        }
    }

    /// Nothing is kept by the browser: a page that is loaded once a day from this machine gains
    /// nothing by it, and after an upgrade no old script may talk to a new agent.
    private func page(_ file: PageFile) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: file.type, .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
                .contentSecurityPolicy: Self.policy, .referrerPolicy: "no-referrer",
                .crossOriginResourcePolicy: "same-origin",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
    }

    /// Nothing but the agent's own files, in no frame.
    private static let policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
}

extension HTTPField.Name {
    fileprivate static let referrerPolicy = HTTPField.Name("Referrer-Policy")!
}
