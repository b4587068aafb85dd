import Foundation
import Glibc

/// Commands that read their standard input.
extension Kiosk {
    /// Starts one command of the built agent; what is written to `keyboard` is typed to it.
    func begin(_ arguments: [String]) throws -> (program: Program, keyboard: FileHandle) {
        let input = Pipe()
        let keyboard = input.fileHandleForWriting
        // Programs that are started later must not keep it open.
        _ = fcntl(keyboard.fileDescriptor, F_SETFD, FD_CLOEXEC)
        let program = try Program(
            Program.products.appending(path: "kiosk-agent"),
            arguments + ["--config", configuration.path], environment: environment, input: input)
        return (program, keyboard)
    }

    /// Runs one command to its end, with these lines typed to it.
    func command(
        _ arguments: [String], typing lines: [String]
    ) async throws -> (code: Int32, text: String) {
        let (program, keyboard) = try begin(arguments)
        try keyboard.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
        let code = await program.end()
        return (code, program.output.joined(separator: "\n"))
    }
}
