/// How a command is shown in its help: what it does, then how it is typed.
enum Help {
    /// The discussion of a command: `prose`, and below a heading the examples as they are typed
    /// behind `kiosk-agent`. What follows a `#` says what an example does.
    static func text(_ prose: String = "", examples: String...) -> String {
        let list = examples.map { "  kiosk-agent \($0)" }.joined(separator: "\n")
        return (prose.isEmpty ? "" : prose + "\n\n") + "EXAMPLES:\n" + list
    }
}
