internal import Hummingbird
internal import Logging
internal import Synchronization
internal import TerminalCore

/// Makes whoever guesses the operator's token wait, the longer the more wrong ones came.
///
/// Over both doors together, as the token is the same. The right token never waits: otherwise
/// any program on the machine could lock the operator out. So it is ``RateGuard`` that bounds how
/// many tokens can be tried, and a long random token that makes trying useless.
struct GuessGuard: RouterMiddleware {
    typealias Context = APIContext

    /// The count that both doors share.
    final class Shared: Sendable {
        fileprivate let count = Mutex(GuessCount())
    }

    let operators: OperatorGuard
    let guesses: Shared
    let clock: any TerminalClock

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard operators.isWrong(request) else { return try await next(request, context) }
        let now = clock.uptime()
        switch guesses.count.withLock({ $0.came(at: now) }) {
        case .now: break
        case .refused: return try Problem.tooMany.refusing(request, context)
        case .after(let wait, let isFirst):
            if isFirst {
                context.logger.warning("wrong operator tokens come again and again")
            }
            defer { guesses.count.withLock { $0.waited() } }
            try await Task.sleep(for: wait)
        }
        return try await next(request, context)
    }
}
