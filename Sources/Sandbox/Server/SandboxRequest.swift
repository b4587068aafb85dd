/// A request that reached the platform, without secrets and whole card numbers.
public struct SandboxRequest: Hashable, Sendable, Codable {
    /// Counts from 1.
    public let number: Int
    /// Unix milliseconds.
    public let at: Int64
    public let method: String
    /// Without the query, which may hold a sign.
    public let path: String
    /// For token requests the grant and the card's last four characters.
    public internal(set) var note: String?
    /// Nil while it is under way and when the connection was cut instead.
    public internal(set) var status: Int?
    /// The fault it met, `network_down` when the switch was off.
    public internal(set) var fault: String?
    /// How long it took.
    public internal(set) var milliseconds: Int64?
}

/// The last requests, oldest first.
struct RequestJournal: Sendable {
    /// How many requests are remembered.
    static let requestsMax = 200

    private(set) var requests: [SandboxRequest] = []
    private var count = 0

    mutating func begin(method: String, path: String, now: Int64) -> Int {
        count += 1
        requests.append(
            SandboxRequest(
                number: count, at: now, method: method, path: String(path.prefix(200))))
        if requests.count > Self.requestsMax { requests.removeFirst() }
        return count
    }

    mutating func update(_ number: Int, _ change: (inout SandboxRequest) -> Void) {
        guard let at = requests.lastIndex(where: { $0.number == number }) else { return }
        change(&requests[at])
    }
}
