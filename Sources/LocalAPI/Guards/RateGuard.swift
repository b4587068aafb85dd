internal import Hummingbird
internal import TerminalCore

/// Bounds how many calls a door takes in a second, before any of them costs more than its head.
///
/// It stands behind ``OriginGuard``, so a web page that must not come in cannot use up what a POS
/// needs. `/healthz` is always answered: a flood must not look like a dead agent.
struct RateGuard: RouterMiddleware {
    typealias Context = APIContext

    let door: Door
    let clock: any TerminalClock

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard request.uri.path == "/healthz" || door.admits(at: clock.uptime()) else {
            return try Problem.tooMany.refusing(request, context)
        }
        return try await next(request, context)
    }
}
