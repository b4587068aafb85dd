internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
internal import Synchronization
internal import TerminalCore

/// The certificate that a host shows, looked at without trusting it. Nothing is sent but the
/// greeting that asks for it, and the connection ends there.
enum CertificateLook {
    /// From when until when a certificate is good.
    struct Life: Hashable, Sendable {
        var from: Timestamp
        var until: Timestamp
    }

    /// Nil when no certificate was shown within `timeout`.
    static func life(host: String, port: Int, timeout: Duration) async -> Life? {
        let shown = Shown()
        let bound = TimeAmount.milliseconds(timeout.wholeMilliseconds)
        guard let context = try? NIOSSLContext(configuration: .makeClientConfiguration()),
            let channel = try? await connect(host, port, bound, context, shown)
        else { return nil }
        let end = channel.eventLoop.scheduleTask(in: bound) { channel.close(promise: nil) }
        try? await channel.closeFuture.get()
        end.cancel()
        return shown.life.withLock { $0 }
    }

    private static func connect(
        _ host: String, _ port: Int, _ timeout: TimeAmount, _ context: NIOSSLContext,
        _ shown: Shown
    ) async throws -> any Channel {
        // An address has no place in the greeting.
        let name = isAddress(host) ? nil : host
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(timeout)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        NIOSSLClientHandler(
                            context: context, serverHostname: name,
                            customVerificationCallback: { chain, verdict in
                                shown.note(chain.first)
                                verdict.succeed(.failed)
                            }))
                }
            }
            .connect(host: host, port: port).get()
    }

    private static func isAddress(_ host: String) -> Bool {
        var (short, long) = (in_addr(), in6_addr())
        return inet_pton(AF_INET, host, &short) == 1 || inet_pton(AF_INET6, host, &long) == 1
    }

    private final class Shown: Sendable {
        let life = Mutex<Life?>(nil)

        func note(_ certificate: NIOSSLCertificate?) {
            guard let certificate else { return }
            let seen = Life(
                from: Timestamp(milliseconds: Int64(certificate.notValidBefore) * 1_000),
                until: Timestamp(milliseconds: Int64(certificate.notValidAfter) * 1_000))
            life.withLock { $0 = seen }
        }
    }
}
