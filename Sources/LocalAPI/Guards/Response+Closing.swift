internal import HTTPTypes
internal import Hummingbird

extension Response {
    /// The same answer, after which the connection is closed, whatever is still to come on it.
    ///
    /// Otherwise the server would go on reading a body that drips, or one that nobody wants.
    func closingConnection() -> Response {
        struct ConnectionMustClose: Error {}
        let body = body
        var response = self
        response.headers[.connection] = "close"
        response.body = ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            throw ConnectionMustClose()
        }
        return response
    }
}
