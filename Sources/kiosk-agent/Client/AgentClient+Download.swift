internal import AsyncHTTPClient
internal import FoundationEssentials
internal import NIOCore
internal import NIOHTTP1

extension AgentClient {
    /// Calls and hands over the body of a success piece by piece, however long it is.
    func download(
        _ method: String, _ path: String, body: some Encodable & Sendable,
        to write: (ByteBuffer) throws -> Void
    ) async throws {
        let response = try await begin(method, path, body: body)
        let status = Int(response.status.code)
        guard (200..<300).contains(status) else {
            let bytes = try? await response.body.collect(upTo: 64 * 1024)
            throw failure(
                Answer(status: status, body: Data((bytes ?? ByteBuffer()).readableBytesView)))
        }
        for try await piece in response.body { try write(piece) }
    }
}
