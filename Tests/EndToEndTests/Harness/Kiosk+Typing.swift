import Foundation

/// Commands that read their standard input.
extension Kiosk {
    /// Starts one command of the built agent beside `work`; what that writes to `keyboard` is typed
    /// to it, after `text`.
    func operate(
        _ arguments: [String], typing text: String = "",
        _ work: (_ program: Program, _ keyboard: FileHandle) async throws -> Void
    ) async throws {
        let input = Program.inputPipe()
        let keyboard = input.fileHandleForWriting
        try keyboard.write(contentsOf: Data(text.utf8))
        let program = try Program(
            Program.products.appending(path: "kiosk-agent"),
            arguments + ["--config", configuration.path], environment: environment, input: input)
        // Its directory goes with it.
        defer { withExtendedLifetime(self) {} }
        try await work(program, keyboard)
    }

    /// Runs one command to its end, with these lines typed to it.
    func command(
        _ arguments: [String], typing lines: [String]
    ) async throws -> (code: Int32, text: String) {
        var outcome = (code: Int32(0), text: "")
        try await operate(arguments, typing: lines.map { $0 + "\n" }.joined()) { program, _ in
            outcome.code = await program.end()
            outcome.text = program.output.joined(separator: "\n")
        }
        return outcome
    }
}
