internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import ServiceLifecycle
internal import TerminalCore

/// Answers at one address.
///
/// It stands in the place of Hummingbird's `Application`, which keeps the header `Date` fresh by a
/// timer of its own: that wakes the processor each second, also while nobody calls.
struct Listener: Service {
    let configuration: ServerConfiguration
    let builder: HTTPServerBuilder
    let responder: RouterResponder<APIContext>
    let clock: any TerminalClock
    let logger: Logger
    /// Called once the address is bound.
    let whenOpen: @Sendable (any Channel) async -> Void

    /// The caller has gone before the end of the answer.
    private struct Unwritten: Error {}

    func run() async throws {
        let server = try builder.buildServer(
            configuration: configuration,
            eventLoopGroup: EventLoopGroupProvider.singleton.eventLoopGroup, logger: logger,
            responder: { (request, writer: consuming ResponseWriter, channel) in
                let response = await answer(to: request, on: channel)
                do {
                    try await writer.write(response: response.head, body: response.body)
                } catch {
                    // Another kind of error would have a second answer written.
                    throw Unwritten()
                }
            },
            onServerRunning: { await whenOpen($0) })
        try await server.run()
    }

    private func answer(to request: Request, on channel: any Channel) async -> Response {
        let context = APIContext(
            source: ApplicationRequestContextSource(channel: channel, logger: logger))
        let answer = try? await responder.respond(to: request, context: context)
        var response = answer ?? Response(status: .internalServerError)
        response.headers[.date] = DateHeader.text(clock.now())
        return response
    }
}
