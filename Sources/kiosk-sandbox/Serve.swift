internal import ArgumentParser
internal import Glibc
internal import Logging
internal import Sandbox
internal import ServiceLifecycle
internal import UnixSignals

/// `kiosk-sandbox serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Plays the platform until SIGTERM or SIGINT.")

    @Option(help: "The loopback address to listen on.")
    var listen = ListenAddress(host: "127.0.0.1", port: 7718)

    @Option(
        name: .customLong("virtual-reader"),
        help: "The port of a vpcd reader whose cards are tapped here, usually 35963. Repeatable.")
    var virtualReaders: [UInt16] = []

    @Option(name: .customLong("client-id"), help: "The client that tokens are given to.")
    var clientID = SandboxServer.testClientID

    @Option(name: .customLong("client-secret"), help: "Its secret.")
    var clientSecret = SandboxServer.testClientSecret

    @Option(help: "Decides the random choices: tokens, and faults with a probability.")
    var seed: UInt64 = 1

    func run() async throws {
        let server = try makeServer()
        let services = ServiceGroup(
            services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: Self.logger)
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await services.run() }
                group.addTask { await announce(server) }
                try await group.waitForAll()
            }
        } catch {
            complain(
                "cannot serve on \(listen.defaultValueDescription) — \(error) — "
                    + "end the other program or choose another --listen")
            throw ExitCode(69)
        }
    }

    /// A wrong address is an error of usage: exit 64.
    private func makeServer() throws -> SandboxServer {
        do throws(SandboxError) {
            return try SandboxServer(
                host: listen.host, port: Int(listen.port), clientID: clientID,
                clientSecret: clientSecret, virtualReaderPorts: virtualReaders, seed: seed,
                logger: Self.logger)
        } catch {
            complain(error.description)
            throw ExitCode(64)
        }
    }

    private func announce(_ server: SandboxServer) async {
        guard let address = try? await server.baseURL else { return }
        print("The control panel:  \(address)/admin/")
        print("For the agent:      platform.base_url: \(address)")
        print("                    platform.client_id: \(clientID)")
        print("                    platform.client_secret: \(clientSecret)")
        print("End with Ctrl-C.")
        fflush(nil)
    }

    private func complain(_ text: String) {
        let line = "error: \(text)\n"
        _ = line.utf8CString.withUnsafeBytes { write(2, $0.baseAddress, $0.count - 1) }
    }

    private static var logger: Logger {
        var logger = Logger(label: "kiosk-sandbox") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return logger
    }
}
