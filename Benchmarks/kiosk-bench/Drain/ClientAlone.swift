internal import AsyncHTTPClient
internal import Glibc
internal import NIOCore
internal import NIOHTTP1

/// The agent's HTTP client without the agent: a token and an order for each payment, as many at
/// once as the agent has.
enum ClientAlone {
    private static let card = "10000000000000"
    private static let warmUpPairs = 100
    private static let bodyMax = 64 * 1_024

    /// What one pair takes of the processors; what the platform takes is not in it.
    static func microseconds(_ platform: PlainPlatform, pairs: Int) async throws -> Double {
        let address = platform.address
        try await pay(address, pairs: warmUpPairs)
        let before = try ProcessUsage.processorSeconds(getpid()) - platform.processorSeconds
        try await pay(address, pairs: pairs)
        let after = try ProcessUsage.processorSeconds(getpid()) - platform.processorSeconds
        return (after - before) * 1_000_000 / Double(pairs)
    }

    private static func pay(_ address: String, pairs: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<OnlinePlatform.deliveries {
                group.addTask {
                    for pair in 0..<pairs / OnlinePlatform.deliveries {
                        try await pay(address, order: "K001\(1_000_000_000_000 + pair)")
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func pay(_ address: String, order: String) async throws {
        let form = "grant_type=offline_cert&code=card%2F\(card)&client_id=bench&client_secret=bench"
        try await post(
            address + "/oauth/v2/token", form,
            headers: ["Content-Type": "application/x-www-form-urlencoded"])
        let sign = "00000000000000000000000000000000"
        let json =
            #"{"app":"wallet","expire":"300s","intent":"pay 1500","seq":"\#(order)","#
            + #""sign":"\#(sign)","title":"Lunch"}"#
        try await post(
            address + "/sovellpay/v2/trade", json,
            headers: ["Authorization": "Bearer \(card)", "Content-Type": "application/json"])
    }

    private static func post(
        _ url: String, _ body: String, headers: HTTPHeaders
    ) async throws {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers = headers
        request.body = .bytes(ByteBuffer(string: body))
        let answer = try await OnlinePlatform.http.execute(request, timeout: .seconds(3))
        _ = try await answer.body.collect(upTo: bodyMax)
        guard answer.status == .ok else {
            throw BenchFailure("the platform of the benchmark answers \(answer.status.code)")
        }
    }
}
