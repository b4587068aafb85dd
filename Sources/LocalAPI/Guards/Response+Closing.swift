internal import HTTPTypes
internal import Hummingbird

extension Problem {
    /// The answer to a request whose body nobody reads: if there is one, it ends the connection.
    func refusing(_ request: Request, _ context: APIContext) throws -> Response {
        let answer = try response(from: request, context: context)
        return request.bringsBody ? answer.closingConnection() : answer
    }
}

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
