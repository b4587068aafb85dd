internal import CardReader
internal import Settings

/// The doctor's look at pcscd and the readers that the configuration names.
struct ReaderCheck {
    /// Nil without a usable configuration: then any reader will do.
    let settings: Settings.Reader?

    func run() async -> [Finding] {
        if settings?.source == .simulated {
            return [Finding("reader", note: "simulated, no card reader is used")]
        }
        do {
            return [Finding("pcscd", nil)] + look(at: try await ReaderList.list())
        } catch {
            return Self.pcscdIsDown(error)
        }
    }

    private func look(at all: [ReaderState]) -> [Finding] {
        let pattern = settings?.name ?? "*"
        let readers = all.filter { $0.matches(namePattern: pattern) }
        let held = readers.first { $0.isHeld }
        return [
            Finding("reader", readers.isEmpty ? Self.missing(pattern, among: all) : nil),
            Finding(
                "card access",
                held.map {
                    "another program holds \($0.name) — only one may — "
                        + "find it with: fuser -v /run/pcscd/pcscd.comm"
                }),
        ]
    }

    private static func missing(_ pattern: String, among all: [ReaderState]) -> String {
        if all.isEmpty {
            return "no reader is plugged in — pcscd sees none — plug one in; "
                + "lsusb shows whether the kernel sees it"
        }
        let names = all.map(\.name).joined(separator: ", ")
        return "no reader matches reader.name \"\(pattern)\" — pcscd sees \(names) — "
            + "correct reader.name"
    }

    /// Without pcscd the readers cannot be looked at, and the lines about them say so.
    private static func pcscdIsDown(_ error: PCSCError) -> [Finding] {
        let advice = error.advice ?? "restart it: systemctl restart pcscd"
        let unseen = "could not be looked at — pcscd does not answer — mend pcscd first"
        return [
            Finding("pcscd", "\(error.description) — no card can be read — \(advice)"),
            Finding("reader", unseen), Finding("card access", unseen),
        ]
    }
}
