import OAuth
import TerminalTesting

/// The network as one life of the agent's process sees it.
///
/// Unchecked, as all of a world: everything runs on the thread of its ``SeededExecutor``.
final class SimulatedWire: Wire, @unchecked Sendable {
    private unowned let world: World
    private let life: Int
    /// Orders whose POST has not ended.
    private var underWay: Set<String> = []
    /// The process is dead: nothing comes back to it any more.
    var isDead = false

    init(world: World, life: Int) {
        self.world = world
        self.life = life
    }

    func send(
        _ request: WireRequest, timeout: Duration
    ) async throws(WireFailure) -> WireResponse {
        guard !isDead else { throw .unknown("the process is dead") }
        let call = Call(request)
        let passage = world.network.passage(of: request, timeout: timeout)
        world.note("\(call)" + (passage.name.isEmpty ? "" : "  [\(passage.name)]"))
        world.tally[passage.name, default: 0] += passage.name.isEmpty ? 0 : 1
        check(call, request)
        if case .post(let order) = call {
            underWay.insert(order)
            if !passage.isRefused { world.unasked.insert(order) }
        }
        defer { if case .post(let order) = call { underWay.remove(order) } }
        let response = try await travel(call, request, passage, timeout)
        world.answered(call, response)
        return response
    }

    /// The rules that hold at the moment at which a request leaves.
    private func check(_ call: Call, _ request: WireRequest) {
        switch call {
        case .post(let order): world.posting(order, carriesLost: request)
        case .exchange(let code): world.witness.exchanged(code)
        case .delete(let order) where underWay.contains(order):
            world.witness.violated(.reversedAfterSending, order)
        default: break
        }
    }

    private func travel(
        _ call: Call, _ request: WireRequest, _ passage: Passage, _ timeout: Duration
    ) async throws(WireFailure) -> WireResponse {
        if passage.isRefused { throw .notSent("refused") }
        guard passage.there < timeout else {
            if passage.arrives { arrive(request, after: passage.there) }
            try await pass(timeout, request, lost: false)
            throw .unknown("no answer in time")
        }
        try await pass(passage.there, request, lost: passage.arrives)
        let response = passage.arrives ? world.arrived(request) : WireResponse(status: 0)
        if passage.arrivesTwice { _ = world.arrived(request) }
        let rest = timeout - passage.there
        try await pass(min(rest, passage.back), request, lost: false)
        if passage.back > rest { throw .unknown("no answer in time") }
        return try answer(passage, response, call)
    }

    private func answer(
        _ passage: Passage, _ response: WireResponse, _ call: Call
    ) throws(WireFailure) -> WireResponse {
        switch passage.answer {
        case .lost: throw .unknown("reset")
        case .truncated:
            var half = response
            half.body.removeLast(half.body.count / 2)
            return half
        case .other(let other): return other
        case .platforms: return response
        }
    }

    /// Waits. A process that dies meanwhile may leave its request on the way.
    private func pass(
        _ time: Duration, _ request: WireRequest, lost isOnItsWay: Bool
    ) async throws(WireFailure) {
        try? await world.clock.sleep(for: time)
        guard isDead else { return }
        if isOnItsWay, let delay = world.network.orphanDelay() { arrive(request, after: delay) }
        throw .unknown("the process is dead")
    }

    private func arrive(_ request: WireRequest, after delay: Duration) {
        let world = world
        world.agenda.add(at: world.clock.uptime() + delay, platforms: true) {
            world.note("late: \(Call(request))")
            world.tally["late arrival", default: 0] += 1
            _ = world.arrived(request)
        }
    }
}

/// A request in a word.
enum Call: CustomStringConvertible {
    case token
    /// For a code that is good once.
    case exchange(String)
    case post(String)
    case get(String)
    case delete(String)

    init(_ request: WireRequest) {
        let path = request.url.split(separator: "/").last ?? ""
        let order = String(path.prefix { $0 != "?" })
        switch request.method {
        case .get: self = .get(order)
        case .delete: self = .delete(order)
        case .post where order == "trade": self = .post(Self.seq(request.body ?? []))
        case .post: self = Self.exchange(in: request.body ?? [])
        }
    }

    private static func exchange(in body: [UInt8]) -> Call {
        let text = String(decoding: body, as: UTF8.self)
        guard text.contains("grant_type=authorization_code"),
            let start = text.firstRange(of: "&code=")
        else { return .token }
        return .exchange(String(text[start.upperBound...].prefix { $0 != "&" }))
    }

    private static func seq(_ body: [UInt8]) -> String {
        let text = String(decoding: body, as: UTF8.self)
        guard let start = text.firstRange(of: #""seq":""#) else { return "" }
        return String(text[start.upperBound...].prefix { $0 != "\"" })
    }

    var description: String {
        switch self {
        case .token: "token"
        case .exchange(let code): "token for \(code)"
        case .post(let order): "POST \(order)"
        case .get(let order): "GET \(order)"
        case .delete(let order): "DELETE \(order)"
        }
    }
}
