internal import HTTPTypes
internal import Hummingbird

/// Refuses what a web page of another origin could send: a foreign `Host` (DNS rebinding), a
/// foreign `Origin`, a cross-site fetch. Nothing of it applies to the Unix socket.
///
/// What is refused is not read to its end: the connection is closed.
struct OriginGuard: RouterMiddleware {
    typealias Context = APIContext

    let allowedOrigins: Set<String>

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if context.isLocalSocket { return try await next(request, context) }
        if let refusal = refusal(of: request) {
            return try refusal.response(from: request, context: context).closingConnection()
        }
        guard let origin = request.headers[.origin], allowedOrigins.contains(origin) else {
            return try await next(request, context)
        }
        if request.method == .options {
            let answer = Self.preflight(origin)
            return request.bringsBody ? answer.closingConnection() : answer
        }
        var response = try await next(request, context)
        response.headers[.accessControlAllowOrigin] = origin
        response.headers[.vary] = "Origin"
        return response
    }

    /// Why `request` may not come in; nil when it may.
    private func refusal(of request: Request) -> Problem? {
        guard let host = request.head.authority, Self.isLoopback(host) else {
            return .foreign("its Host does not name this machine's loopback address")
        }
        guard let origin = request.headers[.origin] else {
            return isCrossSite(request) ? .foreign("a page of another site sent it") : nil
        }
        let isOurs = origin == "http://\(host)" || allowedOrigins.contains(origin)
        return isOurs ? nil : .foreign("a page of another origin sent it")
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

extension Problem {
    fileprivate static func foreign(_ why: String) -> Problem {
        .forbidden("the call is not let in — \(why) — see api.allowed_origins")
    }
}

extension HTTPField.Name {
    static let fetchSite = HTTPField.Name("Sec-Fetch-Site")!
    static let fetchMode = HTTPField.Name("Sec-Fetch-Mode")!
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
}
