internal import Foundation

/// An agent in a directory of its own that has answered once; it ends with its owner.
final class RunningAgent {
    /// After this it is given up, in seconds.
    private static let answerSecondsMax = 10

    /// From before its process was made to the end of the first answer, in milliseconds.
    let answeredAfter: Double
    /// Of its local interface.
    let port: UInt16
    var pid: Int32 { child.pid }
    var isRunning: Bool { child.isRunning }
    /// What it said last.
    var lastWords: String { child.lastWords }

    private let scratch: Scratch
    private let child: Child

    /// Starts `program` with the ledger at the path `ledger`, otherwise with a new one, and with a
    /// platform at a port where nobody listens.
    init(_ program: String, ledger: String? = nil, platformPort: UInt16? = nil) throws {
        scratch = try Scratch()
        port = try FreePort.find()
        let configuration = try Self.configure(
            scratch, port: port, ledger: ledger ?? scratch.path("ledger.sqlite"),
            platformPort: platformPort ?? FreePort.find())
        let start = ContinuousClock.now
        child = try Child(
            [program, "run", "--config", configuration], log: scratch.path("agent.log"))
        while !Self.answers(port) {
            let waited = ContinuousClock.now - start
            guard child.isRunning, waited < .seconds(Self.answerSecondsMax) else {
                throw BenchFailure("the agent does not answer\n\(child.lastWords)")
            }
            usleep(500)
        }
        answeredAfter = (ContinuousClock.now - start).microseconds / 1_000
    }

    /// Asks it to end, and waits until it has.
    func end() { child.end(signal: true) }

    private static func configure(
        _ scratch: Scratch, port: UInt16, ledger: String, platformPort: UInt16
    ) throws -> String {
        try scratch.write(
            """
            terminal: {id: K001, name: Bench, language: en}
            platform:
              base_url: http://127.0.0.1:\(platformPort)
              client_id: bench
              client_secret: bench
            reader: {source: simulated}
            ledger: {path: \(ledger)}
            api:
              listen: 127.0.0.1:\(port)
              socket: \(scratch.path("api.sock"))
              operator_token: bench

            """, to: "config.yaml")
    }

    /// One GET of /healthz over a connection of its own; false while nobody answers with 200.
    private static func answers(_ port: UInt16) -> Bool {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let socket = Glibc.socket(AF_INET, kind, 0)
        defer { close(socket) }
        var limit = timeval(tv_sec: answerSecondsMax, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        let isConnected = SocketAddress.withIPv4(port: port, loopback: true) {
            connect(socket, $0, $1) == 0
        }
        guard isConnected else { return false }
        let request = "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\n\r\n"
        send(socket, request, request.utf8.count, Int32(MSG_NOSIGNAL))
        var answer = [UInt8](repeating: 0, count: 4_096)
        let count = recv(socket, &answer, answer.count, 0)
        return answer.prefix(max(0, count)).starts(with: "HTTP/1.1 200".utf8)
    }
}
