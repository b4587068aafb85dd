internal import Hummingbird
internal import Ledger
internal import Logging
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
        } catch let problem as Problem {
            throw problem
        } catch let error as LedgerError {
            throw Problem(error)
        } catch let error as RequestError {
            throw Problem(error)
        } catch let error as HTTPError where error.status == .notFound {
            throw Problem(.notFound, "not_found", "there is no such path")
        } catch let error as any HTTPResponseError {
            throw Problem(error.status, "invalid", "the request cannot be taken")
        } catch is CancellationError {
            throw Problem(.serviceUnavailable, "unavailable", "the agent is stopping")
        } catch {
            context.logger.error("a request failed", metadata: ["type": "\(type(of: error))"])
            throw Problem(.internalServerError, "unavailable", "the agent has a fault; see its log")
        }
    }
}
