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
        let call = call(request, departure)
        do {
            return try await withTimeout(timeout) { [client] in
                let answer = try await client.execute(
                    call, deadline: .now() + .nanoseconds(timeout.nanoseconds))
                let body = try await answer.body.collect(upTo: WireResponse.bodyMax)
                let headers = answer.headers
                return WireResponse(
                    status: Int(answer.status.code), body: Array(body.readableBytesView),
                    retryAfter: headers.first(name: "Retry-After").flatMap(Self.seconds),
                    date: headers.first(name: "Date").flatMap(HTTPDate.milliseconds),
                    totalCount: headers.first(name: "X-Total-Count").flatMap { Int($0) },
                    location: headers.first(name: "Location"))
            }
        } catch {
            let trouble = Self.trouble(of: error)
            throw departure.hasBegun ? .unknown(trouble) : .notSent(trouble)
        }
    }

    private func call(_ request: WireRequest, _ departure: Departure) -> HTTPClientRequest {
        var call = HTTPClientRequest(url: request.url)
        call.method = HTTPMethod(rawValue: request.method.rawValue)
        for header in request.headers { call.headers.add(name: header.name, value: header.value) }
        if let body = request.body {
            call.body = .stream(
                WatchedBody(bytes: ByteBuffer(bytes: body), departure: departure),
                length: .known(Int64(body.count)))
        }
        return call
    }

    private static func seconds(_ text: String) -> Duration? {
        Int64(text).flatMap { (0...86_400).contains($0) ? .seconds($0) : nil }
    }

    private static func trouble(of error: any Error) -> WireTrouble {
        switch error {
        case is CancellationError: .noAnswer
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

/// Whether the connection asked for the body: until then surely nothing was sent.
///
/// A refused and a broken connection end in errors of the same type, so the error cannot tell.
private final class Departure: Sendable {
    private let begun = Atomic(false)

    var hasBegun: Bool { begun.load(ordering: .acquiring) }
    func begin() { begun.store(true, ordering: .releasing) }
}

/// A body of one chunk that notes when it is asked for.
private struct WatchedBody: AsyncSequence, Sendable {
    let bytes: ByteBuffer
    let departure: Departure

    struct AsyncIterator: AsyncIteratorProtocol {
        var bytes: ByteBuffer?
        let departure: Departure

        mutating func next() async -> ByteBuffer? {
            departure.begin()
            defer { bytes = nil }
            return bytes
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(bytes: bytes, departure: departure)
    }
}

/// Runs `work`, and cancels it when `timeout` is over: one bound around the whole call, its body
/// included.
private func withTimeout<T: Sendable>(
    _ timeout: Duration, _ work: @escaping @Sendable () async throws -> T
) async throws -> T {
    try await withThrowingTaskGroup(of: T?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: timeout)
            return nil
        }
        defer { group.cancelAll() }
        guard let first = try await group.next(), let result = first else {
            throw CancellationError()
        }
        return result
    }
}

extension Duration {
    fileprivate var nanoseconds: Int64 {
        components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }
}
