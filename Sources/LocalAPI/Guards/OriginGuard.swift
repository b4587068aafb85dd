internal import HTTPTypes
internal import Hummingbird

/// Refuses what a web page of another origin could send: a foreign `Host` (DNS rebinding), a
/// foreign `Origin`, a cross-site fetch. Nothing of it applies to the Unix socket.
struct OriginGuard: RouterMiddleware {
    typealias Context = APIContext

    let allowedOrigins: Set<String>

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if context.isLocalSocket { return try await next(request, context) }
        guard let host = request.head.authority, Self.isLoopback(host) else {
            throw Problem.forbidden("the Host header does not name this machine's loopback address")
        }
        let origin = request.headers[.origin]
        if let origin, origin != "http://\(host)", !allowedOrigins.contains(origin) {
            throw Problem.forbidden("pages of this origin may not call — see api.allowed_origins")
        }
        if origin == nil, isCrossSite(request) {
            throw Problem.forbidden("pages of another site may not call")
        }
        guard let origin, allowedOrigins.contains(origin) else {
            return try await next(request, context)
        }
        if request.method == .options { return Self.preflight(origin) }
        var response = try await next(request, context)
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.vary] = "Origin"
        return response
    }

    /// A link from another site may open a page; nothing else may come from there.
    private func isCrossSite(_ request: Request) -> Bool {
        guard let site = request.headers[.fetchSite], ["cross-site", "same-site"].contains(site)
        else { return false }
        return request.headers[.fetchMode] != "navigate" || request.method != .get
    }

    private static func preflight(_ origin: String) -> Response {
        Response(
            status: .noContent,
            headers: [
                .accessControlAllowOrigin: origin,
                .accessControlAllowMethods: "GET, POST, DELETE",
                .accessControlAllowHeaders: "Authorization, Content-Type, Last-Event-ID",
                .vary: "Origin",
            ])
    }

    /// Whether `authority` is a loopback name, with or without a port.
    static func isLoopback(_ authority: String) -> Bool {
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        if authority.hasPrefix("[::1]") {
            return authority == "[::1]"
                || (authority.hasPrefix("[::1]:") && isPort(authority.dropFirst(6)))
        }
        guard let name = parts.first, ["localhost", "127.0.0.1"].contains(name.lowercased()) else {
            return false
        }
        return parts.count == 1 || (parts.count == 2 && isPort(parts[1]))
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { (0x30...0x39).contains($0) } && UInt16(text) != nil
    }
}

extension HTTPField.Name {
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let fetchMode = HTTPField.Name("Sec-Fetch-Mode")!
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
