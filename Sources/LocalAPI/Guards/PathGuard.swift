internal import Hummingbird

/// Knows each call under one text only: no doubled or closing slash, no dots, nothing escaped.
///
/// So a bound that goes by a path cannot be dodged by spelling the path another way.
struct PathGuard: RouterMiddleware {
    typealias Context = APIContext

    /// Parts between slashes, and their length in bytes: longer ones name nothing.
    private static let partsMax = 8
    private static let partMax = 64

    func handle(
        _ request: Request, context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        guard Self.isPlain(request.uri.path) else {
            return try Problem.noSuchCall.refusing(request, context)
        }
        return try await next(request, context)
    }

    static func isPlain(_ path: String) -> Bool {
        guard path != "/" else { return true }
        let parts = path.split(
            separator: "/", maxSplits: partsMax, omittingEmptySubsequences: false)
        return parts.count > 1 && parts[0].isEmpty && parts.dropFirst().allSatisfy(isPlainPart)
    }

    private static func isPlainPart(_ part: Substring) -> Bool {
        (1...partMax).contains(part.utf8.count) && part != "." && part != ".."
            && part.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }
}
