import Foundation
import Glibc

/// A person at a keyboard: the upper end of a pseudo-terminal.
final class Keyboard {
    private let upper: FileHandle
    /// The program's end.
    let lower: FileHandle

    init() throws {
        var (upper, lower): (Int32, Int32) = (-1, -1)
        guard openpty(&upper, &lower, nil, nil, nil) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
        _ = fcntl(upper, F_SETFD, FD_CLOEXEC)
        self.upper = FileHandle(fileDescriptor: upper, closeOnDealloc: true)
        self.lower = FileHandle(fileDescriptor: lower, closeOnDealloc: true)
    }

    /// Types lines, each with its Enter.
    func type(_ lines: String...) throws {
        try upper.write(contentsOf: Data(lines.map { $0 + "\n" }.joined().utf8))
    }

    /// What the terminal showed of what was typed.
    var echo: String { String(decoding: upper.availableData, as: UTF8.self) }
}
