public import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// The way to a platform over HTTP.
public struct HTTPWire: Wire {
    private let client: HTTPClient

    /// `client` must not follow redirects; the composition root sets its limits and its trust.
    public init(client: HTTPClient) { self.client = client }

    public func send(
        _ request: WireRequest, timeout: Duration
    ) async throws(WireFailure) -> WireResponse {
        let departure = Departure()
        do {
            let call = try Self.call(request, departure)
            return WireResponse(
                try await answer(to: call, by: .now() + .nanoseconds(timeout.nanoseconds)))
        } catch {
            let trouble = Self.trouble(of: error)
            throw departure.hasBegun ? .unknown(trouble) : .notSent(trouble)
        }
    }

    /// The deadline bounds the whole call, its body included: a timer of the connection's own loop,
    /// as each task that slept beside the call would cost more than the call.
    private func answer(
        to call: HTTPClient.Request, by deadline: NIODeadline
    ) async throws -> HTTPClient.Response {
        let task = client.execute(
            request: call,
            delegate: ResponseAccumulator(request: call, maxBodySize: WireResponse.bodyMax),
            deadline: deadline)
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                task.futureResult.whenComplete { continuation.resume(with: $0) }
            }
        } onCancel: {
            task.cancel()
        }
    }

    private static func call(
        _ request: WireRequest, _ departure: Departure
    ) throws -> HTTPClient.Request {
        var headers = HTTPHeaders()
        for header in request.headers { headers.add(name: header.name, value: header.value) }
        return try HTTPClient.Request(
            url: request.url, method: HTTPMethod(rawValue: request.method.rawValue),
            headers: headers, body: request.body.map { departure.watched($0) })
    }

    private static func trouble(of error: any Error) -> WireTrouble {
        switch error {
        case let error as HTTPClientError where error.isOwnEnd: .noAnswer
        case let error as HTTPClientError: .other(error.shortDescription)
        case let error as NIOConnectionError: connectionTrouble(error)
        case let error as IOError: .system(error.errnoCode)
        default: certificateTrouble("\(error)")
        }
    }

    private static func connectionTrouble(_ error: NIOConnectionError) -> WireTrouble {
        guard let failure = error.connectionErrors.first?.error else {
            return .unknownHost(error.host)
        }
        guard let refusal = failure as? IOError else { return certificateTrouble("\(failure)") }
        return .system(refusal.errnoCode)
    }

    /// BoringSSL's words tell an installer nothing.
    private static func certificateTrouble(_ text: String) -> WireTrouble {
        if text.contains("CERTIFICATE_VERIFY_FAILED") { return .untrusted }
        if text.contains("failedToValidateHostname") { return .otherHost }
        if unreadableTrust.contains(where: text.contains) { return .noAuthorities }
        if text.contains("WRONG_VERSION_NUMBER") { return .noTLS }
        if text.contains("handshakeFailed") { return .notAgreed }
        return .other(text)
    }

    /// What NIOSSL and BoringSSL say of a file of authorities that is missing or holds none.
    private static let unreadableTrust = [
        "noSuchFilesystemObject", "NO_CERTIFICATE_OR_CRL_FOUND",
    ]
}

extension HTTPClientError {
    /// Whether it was this side that waited no longer.
    fileprivate var isOwnEnd: Bool { self == .deadlineExceeded || self == .cancelled }
}

extension WireResponse {
    fileprivate init(_ answer: HTTPClient.Response) {
        let headers = answer.headers
        self.init(
            status: Int(answer.status.code),
            body: answer.body.map { Array($0.readableBytesView) } ?? [],
            retryAfter: headers.first(name: "Retry-After").flatMap(Self.seconds),
            date: headers.first(name: "Date").flatMap(HTTPDate.milliseconds),
            totalCount: headers.first(name: "X-Total-Count").flatMap { Int($0) },
            location: headers.first(name: "Location"))
    }

    private static func seconds(_ text: String) -> Duration? {
        Int64(text).flatMap { (0...86_400).contains($0) ? .seconds($0) : nil }
    }
}

/// Whether the connection asked for the body: until then surely nothing was sent.
///
/// A refused and a broken connection end in errors of the same type, so the error cannot tell.
private final class Departure: Sendable {
    private let begun = Atomic(false)

    var hasBegun: Bool { begun.load(ordering: .acquiring) }

    /// `bytes` as a body that notes when it is asked for.
    func watched(_ bytes: [UInt8]) -> HTTPClient.Body {
        .stream(contentLength: Int64(bytes.count)) { writer in
            self.begun.store(true, ordering: .releasing)
            return writer.write(.byteBuffer(ByteBuffer(bytes: bytes)))
        }
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
