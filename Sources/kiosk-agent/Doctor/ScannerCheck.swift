internal import Glibc
internal import Scanner
internal import Settings
internal import TerminalCore

/// The doctor's look at the barcode scanners that are configured.
///
/// It opens none: the running agent keeps them for itself.
struct ScannerCheck {
    let settings: Settings.Scanner

    func run() -> [Finding] { settings.sources.map { Finding(.scanner, Self.problem($0)) } }

    private static func problem(_ source: ScannerSource) -> Phrase? {
        guard access(source.path, R_OK) != 0 else { return nil }
        return ScannerTrouble(systemError: errno, path: source.path).phrase
    }
}

extension Settings.Scanner {
    /// The devices to read.
    var sources: [ScannerSource] {
        [device.map { .device(path: $0) }, serial.map { .serial(path: $0) }].compactMap { $0 }
    }
}
