internal import CYardstick

/// A platform in plain C on a free port of loopback, which says yes to each card and each order.
///
/// It answers in threads of this process, and tells what they took of the processors.
final class PlainPlatform {
    /// Whose moments are kept.
    static let ordersMax = 200_000

    let port: UInt16
    private let platform: OpaquePointer

    /// Each answer takes `delay`, as it would over a network.
    init(delay: Duration = .zero) throws {
        let opened = yardstick_platform_open(Int64(delay.microseconds), Self.ordersMax)
        guard let opened else { throw BenchFailure("no port of loopback for a platform") }
        platform = opened
        port = yardstick_platform_port(opened)
    }

    deinit { yardstick_platform_close(platform) }

    /// As an agent has it in `platform.base_url`.
    var address: String { "http://127.0.0.1:\(port)" }

    /// How many orders came so far.
    var orders: Int { yardstick_platform_orders(platform) }

    /// What answering took so far.
    var processorSeconds: Double {
        Double(yardstick_platform_processor_ns(platform)) / 1_000_000_000
    }

    /// Orders a second in each of `parts` equal parts of the orders in `range`, in their order.
    func rates(_ range: Range<Int>, parts: Int) -> [Double] {
        let length = (range.count - 1) / parts
        return (0..<parts).map { part in
            let first = range.lowerBound + part * length
            let time =
                yardstick_platform_moment(platform, first + length)
                - yardstick_platform_moment(platform, first)
            return Double(length) * 1_000_000_000 / Double(time)
        }
    }
}

/// A client in plain C with one kept connection.
final class PlainClient {
    private let client: OpaquePointer

    init(port: UInt16) throws {
        guard let client = yardstick_client_open(port) else {
            throw BenchFailure("nobody listens on 127.0.0.1:\(port)")
        }
        self.client = client
    }

    deinit { yardstick_client_close(client) }

    /// Exchanges the card and posts the order: two round trips.
    func pay(card: String, order: String) throws {
        guard yardstick_client_pay(client, card, order) == 0 else {
            throw BenchFailure("the platform of the benchmark did not take an order")
        }
    }
}
