internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Takes the whole body in before a route runs, within a bound of bytes and of time; answers in the
/// problem format; bounds the whole request.
///
/// The server would go on reading a body that drips, or one that no route wants, for ever: so a
/// body that does not arrive ends the connection. A route that takes in a long list while it
/// arrives keeps the bounds by itself.
struct ArrivalGuard: RouterMiddleware {
    typealias Context = APIContext

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var request = request
        do {
            request = try await Self.arrived(request)
            return try await next(request, context)
        } catch let problem as Problem
            where problem.endsConnection || APILimits.isStreamed(request.uri.path)
        {
            return try Self.closing(problem.response(from: request, context: context))
        } catch is NIOTooManyBytesError {
            return try Self.closing(Problem.tooLong.response(from: request, context: context))
        }
    }

    private static func arrived(_ request: Request) async throws -> Request {
        var whole = request
        let bytesMax = APILimits.bodyMax(for: request.uri.path)
        guard request.headers[.contentLength] != "0" else { return request }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            length > bytesMax
        {
            throw Problem.tooLong
        }
        guard
            request.headers[.contentLength] != nil || request.headers[.transferEncoding] != nil
        else { return request }
        if APILimits.isStreamed(request.uri.path) { return request }
        let body = request.body
        let bytes = try await withThrowingTaskGroup(of: ByteBuffer?.self) { group in
            group.addTask { try await body.collect(upTo: bytesMax) }
            group.addTask {
                try await Task.sleep(for: APILimits.arrivalMax)
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let bytes = first else {
                throw Problem.tooSlow
            }
            return bytes
        }
        whole.body = RequestBody(buffer: bytes)
        return whole
    }

    /// The same answer, after which the connection is closed.
    private static func closing(_ answer: Response) -> Response {
        struct ConnectionMustClose: Error {}
        let body = answer.body
        var response = answer
        response.headers[.connection] = "close"
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            throw ConnectionMustClose()
        }
        return response
    }
}
