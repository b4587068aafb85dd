internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import ServiceLifecycle

extension LocalAPI {
    /// Everything that happens from now on; with `Last-Event-ID` first what was missed.
    ///
    /// `?page=payer` is the payer's page: an outcome that was sent to it counts as told.
    func events(_ request: Request, _ door: Door) throws -> Response {
        guard let place = door.hold() else { throw Problem.tooMany }
        let counted = streams.begin()
        let isPayersPage = request.uri.queryParameters["page"] == "payer"
        let opened = EventStream(self, isPayersPage: isPayersPage)
        let last = request.headers[.lastEventID]
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream", .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody { writer in
                defer { withExtendedLifetime((place, counted)) {} }
                var stream = opened
                var items = stream.items.cancelOnGracefulShutdown().makeAsyncIterator()
                try await stream.begin(after: last)
                while true {
                    while let word = try await stream.next() {
                        try await writer.write(ByteBuffer(string: word.text))
                        try await stream.wrote(word)
                    }
                    guard let item = await items.next() else { break }
                    stream.take(item)
                }
                try await writer.finish(nil)
            })
    }
}
