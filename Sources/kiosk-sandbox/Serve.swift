internal import ArgumentParser
internal import FoundationEssentials
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

    @Option(
        name: .customLong("chainup-platform-key"),
        help: "A file with ChainUp's RSA private key, PEM or base64; without it one is made.")
    var chainUpPlatformKey: String?

    @Option(
        name: .customLong("chainup-client-key"),
        help: "A file with its client's RSA public key; goes with the other one.")
    var chainUpClientKey: String?

    @Option(help: "Decides the random choices: tokens, and faults with a probability.")
    var seed: UInt64 = 1

    func validate() throws {
        guard (chainUpPlatformKey == nil) == (chainUpClientKey == nil) else {
            throw ValidationError(
                "--chainup-platform-key and --chainup-client-key go together: give both or none")
        }
    }

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

    /// A wrong address or key is an error of usage: exit 64.
    private func makeServer() throws -> SandboxServer {
        do throws(SandboxError) {
            return try SandboxServer(
                host: listen.host, port: Int(listen.port), clientID: clientID,
                clientSecret: clientSecret, virtualReaderPorts: virtualReaders,
                chainUpKeys: try chainUpKeys(), seed: seed, logger: Self.logger)
        } catch {
            complain(error.description)
            throw ExitCode(64)
        }
    }

    /// Nil when no files were given.
    private func chainUpKeys() throws(SandboxError) -> ChainUpKeys? {
        guard let chainUpPlatformKey, let chainUpClientKey else { return nil }
        return try ChainUpKeys(
            platformPrivateKey: try text(of: chainUpPlatformKey),
            clientPublicKey: try text(of: chainUpClientKey))
    }

    private func text(of path: String) throws(SandboxError) -> String {
        guard let data = try? Data(contentsOf: URL(filePath: path)) else {
            throw .keyUnusable("\(path) cannot be read")
        }
        return String(decoding: data, as: UTF8.self)
    }

    private func announce(_ server: SandboxServer) async {
        guard let address = try? await server.baseURL else { return }
        print("The control panel:  \(address)/admin/")
        print("For the agent:      platform.base_url: \(address)")
        print("                    platform.client_id: \(clientID)")
        print("                    platform.client_secret: \(clientSecret)")
        print("The other platforms: \(address)/admin/platforms")
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
