internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore

/// Keeps web pages of other origins away from the control panel's calls.
///
/// The socket is a loopback one, so that only this machine's programs reach it; a browser is one
/// of them and would lend itself to any page it shows.
struct AdminGuard: RouterMiddleware {
    typealias Context = SandboxContext

    static func isAdmin(_ path: String) -> Bool { path == "/admin" || path.hasPrefix("/admin/") }

    func handle(
        _ request: Request, context: SandboxContext,
        next: @concurrent (Request, SandboxContext) async throws -> Response
    ) async throws -> Response {
        guard Self.isAdmin(request.uri.path) else { return try await next(request, context) }
        let authority = request.head.authority ?? ""
        guard isLoopback(hostName(inAuthority: authority)) else {
            return .problem(.forbidden, "the control panel answers on loopback names only")
        }
        if let origin = request.headers[.origin], origin != "http://" + authority {
            return .problem(.forbidden, "the control panel serves its own pages only")
        }
        return try await next(request, context)
    }
}

/// The host in `host`, `host:port` or `[address]:port`.
func hostName(inAuthority authority: String) -> String {
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
        return String(authority[authority.index(after: authority.startIndex)..<end])
    }
    return String(authority.prefix { $0 != ":" })
}

/// Whether a host name or address never leaves this machine.
func isLoopback(_ host: String) -> Bool {
    if host == "localhost" || host == "::1" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
}
