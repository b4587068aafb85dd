internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore

/// Stands before the platform's endpoints: keeps the journal, obeys the network switch, and makes
/// the faults happen.
struct FaultMiddleware: RouterMiddleware {
    typealias Context = SandboxContext
    typealias Next = @concurrent (Request, SandboxContext) async throws -> Response

    /// How an `endless` answer drips.
    static let dripMilliseconds = 50

    let platform: SandboxPlatform

    func handle(_ request: Request, context: SandboxContext, next: Next) async throws -> Response {
        guard !AdminGuard.isAdmin(request.uri.path) else {
            return try await next(request, context)
        }
        let (number, fate) = await platform.arrived(
            method: request.method.rawValue, path: request.uri.path)
        var context = context
        context.number = number
        let response: Response?
        switch fate {
        case .cut: response = nil
        case .served: response = await serve(request, context, next)
        case .fault(let fault):
            response = await suffer(fault, request, context, next)
        }
        await platform.answered(number, status: response?.status.code)
        if let response { return response }
        await context.channel.reset()
        return Response(status: .serviceUnavailable)
    }

    /// The answer without any fault.
    private func serve(
        _ request: Request, _ context: SandboxContext, _ next: Next
    ) async -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError {
            return (try? error.response(from: request, context: context))
                ?? Response(status: error.status)
        } catch {
            return Response(status: .internalServerError)
        }
    }

    /// The answer under a fault; nil when the connection is to be reset instead.
    private func suffer(
        _ fault: SandboxFault, _ request: Request, _ context: SandboxContext, _ next: Next
    ) async -> Response? {
        var request = request
        if fault.mode != .refuse {
            guard (try? await request.collectBody(upTo: SandboxContext.bodyBytesMax)) != nil
            else { return Response(status: .contentTooLarge) }
        }
        switch fault.mode {
        case .refuse, .resetBefore: return nil
        case .resetAfter:
            _ = await serve(request, context, next)
            return nil
        case .hang:
            _ = await pause(milliseconds: SandboxFault.millisecondsMax)
            return nil
        case .delay:
            guard await pause(milliseconds: fault.milliseconds ?? 0) else { return nil }
            return await serve(request, context, next)
        case .status: return Self.statusAnswer(fault)
        case .broken:
            _ = await serve(request, context, next)
            return Self.brokenAnswer
        case .truncated:
            _ = await serve(request, context, next)
            return Self.truncatedAnswer(on: context.channel)
        case .endless:
            _ = await serve(request, context, next)
            return Self.endlessAnswer
        }
    }
}

extension FaultMiddleware {
    private static let brokenText = #"{"access_token":"0","id":"0","seq":"#

    private static func statusAnswer(_ fault: SandboxFault) -> Response {
        let text = fault.body ?? #"{"error":"sandbox_fault","error_description":"on demand"}"#
        var response = Response(
            status: HTTPResponse.Status(code: fault.status ?? 500),
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        if let milliseconds = fault.milliseconds {
            response.headers[.retryAfter] = String((milliseconds + 999) / 1_000)
        }
        return response
    }

    private static var brokenAnswer: Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: brokenText)))
    }

    private static func truncatedAnswer(on channel: any Channel) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json", .contentLength: "512"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: brokenText))
                try await channel.close()
            })
    }

    private static var endlessAnswer: Response {
        Response(
            status: .ok, headers: [.contentType: "application/json"],
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: #"{"padding":""#))
                for _ in 0..<SandboxFault.millisecondsMax / dripMilliseconds {
                    guard await pause(milliseconds: dripMilliseconds) else { break }
                    try await writer.write(ByteBuffer(string: "endless "))
                }
                try await writer.finish(nil)
            })
    }
}
