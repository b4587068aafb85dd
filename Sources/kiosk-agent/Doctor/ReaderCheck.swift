internal import CardReader
internal import Glibc
internal import Machine
internal import Settings
internal import TerminalCore

/// The doctor's look at pcscd and the readers that the configuration names.
struct ReaderCheck {
    /// Nil without a usable configuration: then any reader will do.
    let settings: Settings.Reader?
    var machine = Machine()

    func run() async -> [Finding] {
        if settings?.source == .simulated {
            return [Finding(.reader, note: ReaderWords.simulated)]
        }
        let plugged = machine.usbReaders()
        return await look(plugged) + plugged.compactMap(Self.kernel)
    }

    private func look(_ plugged: [USBReader]) async -> [Finding] {
        do {
            return [Self.pcscdAnswers] + look(at: try await ReaderList.list(), plugged)
        } catch {
            return Self.pcscdIsDown(error)
        }
    }

    private func look(at all: [ReaderState], _ plugged: [USBReader]) -> [Finding] {
        let pattern = settings?.name ?? "*"
        let readers = all.filter { $0.matches(namePattern: pattern) }
        let isMissing = readers.isEmpty
        return [
            Finding(.reader, isMissing ? missing(pattern, among: all, plugged) : nil),
            Finding(.cardAccess, readers.first(where: \.isHeld).map { held($0.name) }),
        ]
    }

    private func missing(
        _ pattern: String, among all: [ReaderState], _ plugged: [USBReader]
    ) -> Phrase {
        guard all.isEmpty else {
            let names = all.map(\.name).joined(separator: ", ")
            return ReaderWords.otherName(pattern, among: names)
        }
        if plugged.contains(where: { $0.holder != nil }) { return ReaderWords.heldByKernel }
        if !plugged.isEmpty {
            return ReaderWords.noDriver(plugged.map(\.name).joined(separator: ", "))
        }
        return machine.loadedNFCDrivers().first.map(ReaderWords.driverLoaded)
            ?? ReaderWords.unplugged
    }

    /// pcscd does not tell whose the card is; the programs that could have it are those that have
    /// its library loaded. The agent takes a card for some milliseconds only.
    private func held(_ reader: String) -> Phrase {
        let programs = machine.programs(using: "/libpcsclite")
            .filter { $0.name != "kiosk-agent" }
        guard let first = programs.first else { return ReaderWords.heldByUnseen(reader) }
        let names = programs.map(\.description).joined(separator: ", ")
        return ReaderWords.held(reader, by: names, pid: first.pid)
    }

    /// What the kernel does with a reader, whatever pcscd says; nil when all is well.
    private static func kernel(_ reader: USBReader) -> Finding? {
        if let driver = reader.holder {
            return Finding(
                .usb, ReaderWords.driverHolds(driver, reader.name, at: reader.place))
        }
        guard reader.maySleep else { return nil }
        return Finding(.usb, warning: ReaderWords.maySleep(reader.name, at: reader.place))
    }

    /// Root gets in everywhere, so its word says little about the agent's user.
    private static var pcscdAnswers: Finding {
        guard ServiceTrouble.pcscdAsksPolkit, geteuid() == 0 else { return Finding(.pcscd, nil) }
        return Finding(.pcscd, note: ReaderWords.asksPolkit)
    }

    /// Without pcscd the readers cannot be looked at, and the lines about them say so.
    private static func pcscdIsDown(_ error: PCSCError) -> [Finding] {
        [
            Finding(.pcscd, ServiceCure(error).phrase),
            Finding(.reader, ReaderWords.unseen), Finding(.cardAccess, ReaderWords.unseen),
        ]
    }
}
