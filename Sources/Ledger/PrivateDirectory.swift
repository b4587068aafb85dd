internal import Foundation

/// A directory that only this user may enter, removed with all in it when this object goes.
final class PrivateDirectory: Sendable {
    let path: String

    init() throws(LedgerError) {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("kiosk-agent-\(UUID().uuidString)")
        path = url.path
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw .unusable("\(path): no directory for a copy can be made")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
