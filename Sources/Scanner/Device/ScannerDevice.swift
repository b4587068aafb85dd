internal import CInput
internal import Glibc

/// An open scanner; closed, and with it given back to others, when this object goes.
final class ScannerDevice {
    /// The most that one read takes: any number of bytes of a line, one report of a hidraw device,
    /// or many events.
    private static let bytesMax = 64 * CInput_EVENT_SIZE

    private let source: ScannerSource
    private let descriptor: Int32
    private var decoder = ScanDecoder.characters
    private var bytesMax = ScannerDevice.bytesMax

    /// Opens the device and keeps other programs away from it, where the system can do that.
    ///
    /// A pipe is taken too: recorded reports and events can be played through one.
    init(_ source: ScannerSource) throws(ScannerTrouble) {
        self.source = source
        descriptor = open(source.path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else { throw systemTrouble }
        switch source {
        case .device: try prepareKeyboard()
        case .serial: try prepareLine()
        }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Waits for the scanner; without a limit if that is nil.
    func wait(until stopping: StopSignal, upTo limit: Duration?) -> StopSignal.Outcome {
        stopping.wait(for: descriptor, upTo: limit)
    }

    /// What the scanner sent; nil when nothing is there. Throws when it was pulled.
    func receive() throws(ScannerTrouble) -> [ScanInput]? {
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        let count = read(descriptor, &bytes, bytesMax)
        if count > 0 { return decoder.received(Array(bytes[..<count])) }
        if count < 0, errno == EAGAIN || errno == EINTR { return nil }
        // A pulled device gives ENODEV or EIO, a line that was hung up gives an end.
        throw ScannerTrouble(.absent, path: source.path, systemError: count < 0 ? errno : 0)
    }

    private var systemTrouble: ScannerTrouble {
        ScannerTrouble(systemError: errno, path: source.path)
    }
}

extension ScannerDevice {
    /// A keyboard is known by its name: a pipe has no other sign.
    private func prepareKeyboard() throws(ScannerTrouble) {
        let isPipe = try self.isPipe()
        let name = try resolvedName()
        if name.hasPrefix("hidraw") {
            decoder = .reports(HIDKeyboard())
            // A device gives one report to a read; a pipe gives as much as is asked for.
            if isPipe { bytesMax = HIDKeyboard.reportBytes }
        } else if name.hasPrefix("event") {
            decoder = .events(EventKeyboard())
            guard isPipe || CInput_grab(descriptor) == 0 else { throw systemTrouble }
        } else {
            throw ScannerTrouble(.notAScanner, path: source.path)
        }
    }

    /// 9600 baud, 8 bits, no parity, one stop bit, byte by byte: what scanners come with. Those
    /// on USB do not mind the speed.
    private func prepareLine() throws(ScannerTrouble) {
        var line = termios()
        guard tcgetattr(descriptor, &line) == 0 else { throw systemTrouble }
        cfmakeraw(&line)
        line.c_cflag |= tcflag_t(CLOCAL | CREAD)
        line.c_cflag &= ~tcflag_t(CSTOPB)
        cfsetispeed(&line, speed_t(B9600))
        cfsetospeed(&line, speed_t(B9600))
        guard tcsetattr(descriptor, TCSANOW, &line) == 0 else { throw systemTrouble }
        guard ioctl(descriptor, UInt(TIOCEXCL)) == 0 else { throw systemTrouble }
    }

    private func isPipe() throws(ScannerTrouble) -> Bool {
        var found = stat()
        guard fstat(descriptor, &found) == 0 else { throw systemTrouble }
        switch found.st_mode & S_IFMT {
        case S_IFIFO: return true
        case S_IFCHR: return false
        default: throw ScannerTrouble(.notAScanner, path: source.path)
        }
    }

    /// The device's own name behind all links.
    private func resolvedName() throws(ScannerTrouble) -> String {
        guard let path = realpath(source.path, nil) else { throw systemTrouble }
        defer { free(path) }
        return String(cString: path).split(separator: "/").last.map(String.init) ?? ""
    }
}
