internal import Foundation
internal import TerminalTesting

/// How platform and network behave for a while.
struct PeakMood: Sendable {
    /// A fault as the sandbox takes it.
    struct Fault: Encodable, Sendable {
        var mode: String
        var path: String
        var probability: Double
        var milliseconds: Int?
        var status: Int?
    }

    var faults: [Fault] = []
    var isUp = true
    var lasts = Duration.zero

    /// The longest delay of ``all``, and some more: then nothing is on its way any more.
    static let calm = Duration.seconds(10)

    private static let trade = "/sovellpay/v2/trade"

    /// The moods of a network that is there; it is fine in most of them.
    ///
    /// A delay within the agent's timeout and one beyond it, so that orders arrive late.
    fileprivate static let all: [[Fault]] = [
        [], [], [], [],
        [Fault(mode: "delay", path: trade, probability: 0.5, milliseconds: 2_000)],
        [Fault(mode: "delay", path: trade, probability: 0.3, milliseconds: 6_000)],
        [Fault(mode: "hang", path: trade, probability: 0.3)],
        [Fault(mode: "hang", path: "/oauth", probability: 0.3)],
        [Fault(mode: "reset_before", path: trade, probability: 0.5)],
        [Fault(mode: "reset_after", path: trade, probability: 0.5)],
        [Fault(mode: "truncated", path: trade, probability: 0.3)],
        [Fault(mode: "status", path: trade, probability: 0.5, status: 503)],
        [Fault(mode: "status", path: trade, probability: 0.5, milliseconds: 2_000, status: 429)],
    ]

    /// Makes the sandbox behave so.
    func begin(_ wire: PeakWire) async throws {
        let list = String(decoding: try JSONEncoder().encode(faults), as: UTF8.self)
        try await wire.order("PUT", "/admin/faults", list)
        try await wire.order("PUT", "/admin/network", #"{"up":\#(isUp)}"#)
    }
}

/// One mood after the other, drawn from a seed.
struct PeakMoods: Sendable {
    private static let pace = Duration.seconds(30)
    /// One of so many moods is a network that is down.
    private static let outageShare = 16
    private static let outageSeconds = 60...180

    private var random: SeededGenerator
    private let outageMax: Duration

    /// An outage takes at most a tenth of a run that lasts `length`.
    init(seed: UInt64, length: Duration) {
        random = SeededGenerator(seed: seed)
        outageMax = length / 10
    }

    mutating func next() -> PeakMood {
        if Int.random(in: 0..<Self.outageShare, using: &random) == 0 {
            let drawn = Duration.seconds(Int.random(in: Self.outageSeconds, using: &random))
            return PeakMood(isUp: false, lasts: min(drawn, outageMax))
        }
        return PeakMood(
            faults: PeakMood.all.randomElement(using: &random) ?? [], lasts: Self.pace)
    }
}
