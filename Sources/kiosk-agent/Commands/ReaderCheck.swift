internal import CardReader
internal import Glibc
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
            return [Self.pcscdAnswers] + look(at: try await ReaderList.list())
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
        if all.isEmpty { return kernelDriver ?? unplugged }
        let names = all.map(\.name).joined(separator: ", ")
        return "no reader matches reader.name \"\(pattern)\" — pcscd sees \(names) — "
            + "correct reader.name"
    }

    private static let unplugged =
        "no reader is plugged in — pcscd sees none — plug one in; "
        + "lsusb shows whether the kernel sees it"

    /// The kernel's own NFC driver keeps readers such as the ACR122U from pcscd.
    private static var kernelDriver: String? {
        guard access("/sys/module/pn533_usb", F_OK) == 0 else { return nil }
        return "pcscd sees no reader — the kernel's driver pn533_usb may hold it — "
            + "sudo modprobe -r pn533_usb, and blacklist it in /etc/modprobe.d/kiosk-agent.conf"
    }

    /// Root gets in everywhere, so its word says little about the agent's user.
    private static var pcscdAnswers: Finding {
        guard ServiceTrouble.pcscdAsksPolkit, geteuid() == 0 else { return Finding("pcscd", nil) }
        return Finding(
            "pcscd",
            note: "it asks polkit, which lets root in; look as the agent's user as well: "
                + "sudo -u kiosk-agent -- kiosk-agent doctor")
    }

    /// Without pcscd the readers cannot be looked at, and the lines about them say so.
    private static func pcscdIsDown(_ error: PCSCError) -> [Finding] {
        let unseen = "could not be looked at — pcscd does not answer — mend pcscd first"
        return [
            Finding("pcscd", ServiceCure(error).text), Finding("reader", unseen),
            Finding("card access", unseen),
        ]
    }
}
