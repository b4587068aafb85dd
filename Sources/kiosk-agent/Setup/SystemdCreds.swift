internal import Dispatch
internal import Foundation
internal import Glibc
internal import Settings

/// `systemd-creds`, which seals a credential so that this machine alone can open it.
enum SystemdCreds {
    private static let program = "/usr/bin/systemd-creds"
    /// Made by `systemd-creds setup`, or by the first credential that was sealed; it looks where
    /// the variable says, too.
    private static var hostKey: String {
        ProcessInfo.processInfo.environment["SYSTEMD_CREDENTIAL_SECRET"]
            ?? "/var/lib/systemd/credential.secret"
    }

    /// Whether there is a key to seal with: a TPM that works, or the machine's own.
    static func hasKey() async -> Bool {
        guard access(program, X_OK) == 0 else { return false }
        if access(hostKey, F_OK) == 0 { return true }
        return await run(["has-tpm2"]) != nil
    }

    /// The sealed credential; nil when that failed.
    static func sealed(_ secret: Secret, name: String) async -> [UInt8]? {
        let bytes = await run(["encrypt", "--name=\(name)", "-", "-"], input: secret)
        return bytes.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// What it printed; nil when it failed. It waits for a TPM, so it has a thread of its own.
    private static func run(_ arguments: [String], input: Secret? = nil) async -> [UInt8]? {
        await withCheckedContinuation { continuation in
            DispatchQueue(label: "kiosk-agent.setup").async {
                continuation.resume(returning: call(arguments, input))
            }
        }
    }

    private static func call(_ arguments: [String], _ input: Secret?) -> [UInt8]? {
        // One that ends without reading must not end us.
        signal(SIGPIPE, SIG_IGN)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let (given, printed) = (Pipe(), Pipe())
        process.standardInput = given
        process.standardOutput = printed
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
            // A secret is never an argument: those are for everybody to see.
            if let input {
                try given.fileHandleForWriting.write(contentsOf: Data(input.exposed.utf8))
            }
            try given.fileHandleForWriting.close()
        } catch {
            if process.isRunning { process.terminate() }
            return nil
        }
        let output = printed.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? Array(output) : nil
    }
}
