internal import Glibc
internal import NIOCore
internal import ServiceLifecycle

extension Channel {
    /// Ends the connection with RST instead of FIN, by closing it with nothing to linger for.
    func reset() async {
        if let socket = self as? any SocketOptionProvider {
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try? await close()
    }
}

/// Waits; false when the sandbox ends before the time is over.
func pause(milliseconds: Int) async -> Bool {
    do {
        try await cancelWhenGracefulShutdown {
            try await Task.sleep(for: .milliseconds(milliseconds))
        }
        return true
    } catch {
        return false
    }
}
