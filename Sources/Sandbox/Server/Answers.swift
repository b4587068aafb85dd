internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension Response {
    /// An answer of the bare JSON value.
    static func json(
        _ value: some Encodable, status: HTTPResponse.Status = .ok,
        type: String = "application/json"
    ) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            return Response(status: .internalServerError)
        }
        return Response(
            status: status,
            headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: data)))
    }

    /// A refusal of the platform in the manner of RFC 6749 §5.2.
    static func refusal(_ refusal: Refusal) -> Response {
        var response = json(
            ["error": refusal.error, "error_description": refusal.description],
            status: HTTPResponse.Status(code: refusal.status))
        if refusal.status == 401 { response.headers[.wwwAuthenticate] = "Bearer" }
        return response
    }

    /// A refusal of the control panel, RFC 9457.
    static func problem(_ status: HTTPResponse.Status, _ detail: String) -> Response {
        struct Problem: Encodable {
            let title: String
            let status: Int
            let detail: String
        }
        return json(
            Problem(title: status.reasonPhrase, status: status.code, detail: detail),
            status: status, type: "application/problem+json")
    }

    static func problem(_ error: SandboxError) -> Response {
        switch error {
        case .unknownCard, .unknownPhone, .unknownSession:
            problem(.notFound, error.description)
        case .noReader, .readerBusy, .readerFailed, .noIdentifier, .sessionOver:
            problem(.conflict, error.description)
        case .keyUnusable: problem(.internalServerError, error.description)
        case .notLoopback, .notRunning, .invalid: problem(.badRequest, error.description)
        }
    }
}

extension Request {
    /// The whole body; throws Hummingbird's 413 when it is longer than allowed.
    func bytes() async throws -> [UInt8] {
        Array(try await body.collect(upTo: SandboxContext.bodyBytesMax).readableBytesView)
    }

    /// The body as JSON; nil when it is not, or not of this form.
    func json<Value: Decodable>(_ type: Value.Type) async throws -> Value? {
        try? JSONDecoder().decode(type, from: Data(try await bytes()))
    }

    /// The fields of the query; nil when it is not a form.
    var queryFields: [String: String]? { FormBody.parse(uri.query ?? "") }

    /// The fields of the body; nil when it is not a form.
    func formFields() async throws -> [String: String]? {
        FormBody.parse(String(decoding: try await bytes(), as: UTF8.self))
    }

    /// The value of `Authorization: <scheme> <value>`.
    func authorization(_ scheme: String) -> String? {
        guard let text = headers[.authorization] else { return nil }
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == scheme.lowercased() else { return nil }
        return String(parts[1])
    }
}
