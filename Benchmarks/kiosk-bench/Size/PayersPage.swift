internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// The payer's page as an agent serves it, with the files that it names.
struct PayersPage {
    private static let bodyMax = 1 << 20

    /// Of the page and its files.
    private(set) var bytes = 0
    private(set) var scriptBytes = 0
    /// How many addresses with a scheme stand anywhere in them.
    private(set) var foreignAddresses = 0

    /// Loads it from an agent at this port of loopback.
    init(port: UInt16) async throws {
        let address = "http://127.0.0.1:\(port)"
        let html = try await Self.load(address + "/")
        add(html, isScript: false)
        for match in html.matches(of: /(?:href|src)="([^"]+)"/) {
            let name = String(match.1)
            guard name.hasPrefix("/") else { continue }
            add(try await Self.load(address + name), isScript: name.hasSuffix(".js"))
        }
    }

    private mutating func add(_ text: String, isScript: Bool) {
        bytes += text.utf8.count
        if isScript { scriptBytes += text.utf8.count }
        foreignAddresses += text.matches(of: /https?:\/\//).count
        foreignAddresses -= text.matches(of: /http:\/\/www\.w3\.org\//).count
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
