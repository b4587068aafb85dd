internal import Hummingbird
internal import NIOCore

/// A journal on its way in.
enum JournalIntake {
    /// Takes a journal in while it arrives, within a bound of bytes and of time.
    ///
    /// After the first mistake, or when `refusal` is one, the rest is read and dropped. Throws a
    /// ``Problem``.
    static func take(
        _ body: RequestBody, refusal: Result<Void, any Error>
    ) async throws -> NamelessFile {
        try await TimedArrival.of { try await read(body, refusal: refusal) }
    }

    private static func read(
        _ body: RequestBody, refusal: Result<Void, any Error>
    ) async throws -> NamelessFile {
        var (bytes, state) = (0, opened(refusal))
        for try await chunk in body {
            bytes += chunk.readableBytes
            guard bytes <= APILimits.importBytesMax else { throw Problem.tooLong }
            guard case .success(let file) = state else { continue }
            do {
                try file.append(chunk)
            } catch {
                state = .failure(error)
            }
        }
        return try state.get()
    }

    private static func opened(
        _ refusal: Result<Void, any Error>
    ) -> Result<NamelessFile, any Error> {
        do {
            try refusal.get()
            return .success(try NamelessFile())
        } catch {
            return .failure(error)
        }
    }
}
