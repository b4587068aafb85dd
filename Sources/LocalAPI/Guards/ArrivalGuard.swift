internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Takes the whole body in before a route runs, within a bound of bytes and of time.
///
/// A body that is too long, or does not arrive in time, ends the connection. A route that takes in
/// a long list or a journal while it arrives keeps the bounds by itself.
struct ArrivalGuard: RouterMiddleware {
    typealias Context = APIContext

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let whole: Request
        do {
            whole = try await Self.arrived(request)
            if APILimits.isStreamed(request.uri.path) { return try await next(whole, context) }
        } catch let problem as Problem {
            return try problem.response(from: request, context: context).closingConnection()
        } catch is NIOTooManyBytesError {
            return try Problem.tooLong.response(from: request, context: context)
                .closingConnection()
        }
        return try await next(whole, context)
    }

    private static func arrived(_ request: Request) async throws -> Request {
        var whole = request
        let bytesMax = APILimits.bodyMax(for: request.uri.path)
        guard request.bringsBody else { return request }
        if let length = request.headers[.contentLength].flatMap({ Int($0) }),
            length > bytesMax
        {
            throw Problem.tooLong
        }
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
}

extension Request {
    /// Whether a body follows the head.
    var bringsBody: Bool {
        headers[.transferEncoding] != nil || !["0", nil].contains(headers[.contentLength])
    }
}
