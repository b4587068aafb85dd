/// A QR session: a name that its maker chose, and the code that its QR code shows.
public struct SandboxSession: Hashable, Sendable, Encodable {
    public enum State: String, Hashable, Sendable, Encodable {
        /// The code was not redeemed yet; `unused` on the wire.
        case waiting
        case used
        /// The time was over before anybody came.
        case expired
    }

    public let name: String
    public let code: String
    /// Whose money the code's token spends; nil when a terminal made the session.
    public let card: String?
    /// Unix milliseconds.
    public let created: Int64
    /// Unix milliseconds.
    public let expires: Int64
    public internal(set) var state: State
}

/// The QR sessions by their names, which nobody can use twice.
struct QRSessions: Sendable {
    /// The most sessions that are remembered; the names of older ones are free again.
    static let sessionsMax = 10_000

    private var byName: [String: SandboxSession] = [:]
    private var nameByCode: [String: String] = [:]
    private var order: [String] = []

    /// False when the name is taken, be it by a session that is over.
    mutating func insert(_ session: SandboxSession) -> Bool {
        guard byName[session.name] == nil else { return false }
        if order.count >= Self.sessionsMax, let old = byName.removeValue(forKey: order[0]) {
            nameByCode[old.code] = nil
            order.removeFirst()
        }
        byName[session.name] = session
        nameByCode[session.code] = session.name
        order.append(session.name)
        return true
    }

    /// The session as it is at `now`.
    func session(_ name: String, now: Int64) -> SandboxSession? {
        guard var session = byName[name] else { return nil }
        if session.state == .waiting, now >= session.expires { session.state = .expired }
        return session
    }

    /// The newest sessions, newest first.
    func last(_ count: Int, now: Int64) -> [SandboxSession] {
        order.suffix(count).reversed().compactMap { session($0, now: now) }
    }

    /// Somebody redeemed this code; a code without a session changes nothing.
    mutating func codeUsed(_ code: String) {
        guard let name = nameByCode[code] else { return }
        byName[name]?.state = .used
    }
}
