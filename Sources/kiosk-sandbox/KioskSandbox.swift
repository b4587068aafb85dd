internal import ArgumentParser

/// The command line of the sandbox.
@main
struct KioskSandbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "kiosk-sandbox",
        abstract: "A look-alike of the payment platform, with faults on demand.",
        discussion: "A development tool: it has no protection and listens on loopback only.",
        subcommands: [Serve.self])
}
