internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Bodies in and out: snake_case, bounded, with errors that name the member.
enum JSONAnswer {
    static func make(
        _ value: some Encodable, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let bytes = try encode(value)
        return Response(
            status: status,
            headers: [
                .contentType: "application/json", .cacheControl: "no-store",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    /// The body as `Value`; throws a ``Problem`` that says which member is wrong.
    ///
    /// ``ArrivalGuard`` has taken the body in and bounded it before.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from request: Request
    ) async throws -> Value {
        try decode(type, body: try await request.body.collect(upTo: .max))
    }

    /// As ``decode(_:from:)``; nil when the call brings no body.
    static func decodeIfPresent<Value: Decodable>(
        _ type: Value.Type, from request: Request
    ) async throws -> Value? {
        let body = try await request.body.collect(upTo: .max)
        return body.readableBytes == 0 ? nil : try decode(type, body: body)
    }

    private static func decode<Value: Decodable>(
        _ type: Value.Type, body: ByteBuffer
    ) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(type, from: Data(body.readableBytesView))
        } catch DecodingError.keyNotFound(let key, _) {
            throw Problem.invalid("the member \(key.stringValue) is missing")
        } catch DecodingError.typeMismatch(let wanted, let context),
            DecodingError.valueNotFound(let wanted, let context)
        {
            throw Problem.invalid("\(path(context)) must be \(name(of: wanted))")
        } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
            throw Problem.invalid("\(path(context)) has a value that is not allowed")
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem.invalid("the body is not JSON, or a number in it is out of range")
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map(\.stringValue).joined(separator: ".")
        return path.isEmpty ? "the body" : "the member \(path)"
    }

    private static func name(of type: any Any.Type) -> String {
        switch type {
        case is Int64.Type, is Int.Type: "an integer"
        case is String.Type: "a text"
        case is Bool.Type: "true or false"
        default: "a JSON object"
        }
    }
}
