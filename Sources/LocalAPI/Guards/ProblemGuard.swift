internal import Hummingbird
internal import Ledger
internal import Logging
internal import NIOHTTP1
internal import SyncEngine
internal import TerminalAgent

/// Turns every error of the routes into a ``Problem``; nothing of an unknown error is shown.
struct ProblemGuard: RouterMiddleware {
    typealias Context = APIContext

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            return try Self.problem(error, context).response(from: request, context: context)
        }
    }

    private static func problem(_ error: any Error, _ context: APIContext) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let error as LedgerError: return Problem(error)
        case let error as RequestError: return Problem(error)
        case let error as DecisionError: return Problem(error)
        case let error as HTTPError where error.status == .notFound:
            return .noSuchCall
        case let error as any HTTPResponseError:
            return Problem(
                error.status, "invalid",
                "the request cannot be taken — it is not HTTP as this call wants it — correct it")
        case is HTTPParserError:
            return Problem(
                .badRequest, "invalid", "the body cannot be read — it is no HTTP — correct it")
        case is CancellationError:
            return Problem(
                .serviceUnavailable, "unavailable",
                "there is no answer now — the agent is stopping — call again once it runs")
        default:
            context.logger.error("a request failed", metadata: ["type": "\(type(of: error))"])
            return Problem(
                .internalServerError, "unavailable",
                "there is no answer — the agent has a fault — see its log")
        }
    }
}
