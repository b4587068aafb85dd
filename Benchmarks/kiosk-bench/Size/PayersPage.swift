internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// The payer's page as an agent serves it, with the files that it names, those that they name, and
/// the texts of one language: all that a browser fetches before the page is whole.
struct PayersPage {
    private static let bodyMax = 1 << 20
    /// Each language's; which is fetched is told by the agent, so the longer ones count.
    private static let texts = ["/payer-en.js", "/payer-zh.js"]

    /// Of the page and its files.
    private(set) var bytes = 0
    private(set) var scriptBytes = 0
    /// How many addresses with a scheme stand anywhere in them; the name of a language is none.
    private(set) var foreignAddresses = 0

    /// Loads it from an agent at this port of loopback.
    init(port: UInt16) async throws {
        var (due, seen): ([String], Set<String>) = (["/"], ["/"])
        while let path = due.popLast() {
            let text = try await Self.load("http://127.0.0.1:\(port)\(path)")
            count(text.utf8.count, isScript: path.hasSuffix(".js"))
            countAddresses(in: text)
            due += Self.names(in: text).filter { seen.insert($0).inserted }
        }
        var longest = 0
        for path in Self.texts {
            let text = try await Self.load("http://127.0.0.1:\(port)\(path)")
            longest = max(longest, text.utf8.count)
            countAddresses(in: text)
        }
        count(longest, isScript: true)
    }

    private mutating func count(_ length: Int, isScript: Bool) {
        bytes += length
        if isScript { scriptBytes += length }
    }

    private mutating func countAddresses(in text: String) {
        foreignAddresses += text.matches(of: /https?:\/\//).count
        foreignAddresses -= text.matches(of: /http:\/\/www\.w3\.org\//).count
    }

    /// What a page links to and what a script imports, on this machine.
    private static func names(in text: String) -> [String] {
        let links = text.matches(of: /(?:href|src)="(\/[^"]+)"/).map { String($0.1) }
        let imports = text.matches(of: /\bfrom '\.(\/[^']+)'/).map { String($0.1) }
        return links + imports
    }

    private static func load(_ url: String) async throws -> String {
        let answer = try await OnlinePlatform.http.execute(
            HTTPClientRequest(url: url), timeout: .seconds(5))
        guard answer.status == .ok else {
            throw BenchFailure("the agent answers \(answer.status.code) to \(url)")
        }
        return String(buffer: try await answer.body.collect(upTo: bodyMax))
    }
}
