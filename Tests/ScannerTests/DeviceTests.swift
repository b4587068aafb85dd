import CInput
import Foundation
import Glibc
import Testing

@testable import Scanner

@Suite("A scanner is found, read, lost and found again", .timeLimit(.minutes(1)))
struct DeviceTests {
    private static let reports = ["02 04", "00", "00 1E", "00", "00 28", "00"]
        .flatMap(Recording.report)
    /// An Enter alone: what comes after it is no rest of a code that began before the opening.
    private static let enter = ["00 28", "00"].flatMap(Recording.report)

    @Test("a hidraw device gives reports")
    func hidraw() async throws {
        let stage = try Stage()
        defer { stage.remove() }
        let pipe = try stage.makePipe("hidraw0")
        let scanner = RunningScanner(.device(path: pipe))
        #expect(await scanner.next() == "connected")
        let sender = try Sender(pipe: pipe)
        try sender.send(Self.enter + Self.reports + Self.reports)
        #expect(await scanner.next() == "A1")
        #expect(await scanner.next() == "A1")
        await scanner.stop()
        sender.pull()
        #expect(await scanner.next() == nil)
    }

    @Test("an event device gives events, behind a link too")
    func events() async throws {
        let stage = try Stage()
        defer { stage.remove() }
        let pipe = try stage.makePipe("event3")
        let link = "\(stage.path)/usb-Scanner-event-kbd"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: pipe)
        let scanner = RunningScanner(.device(path: link))
        #expect(await scanner.next() == "connected")
        let sender = try Sender(pipe: pipe)
        let size = Int(CInput_EVENT_SIZE)
        let keys = "28 S +42 30 S -42 48 S 105 S 28 S 2 S 28 S"
        try sender.send(Recording.events(keys, size: size))
        #expect(await scanner.next() == "rejected")
        #expect(await scanner.next() == "1")
        await scanner.stop()
        sender.pull()
    }

    @Test("a serial line gives bytes as they are")
    func serial() async throws {
        let (sender, line) = try Sender.pseudoTerminal()
        let scanner = RunningScanner(.serial(path: line))
        #expect(await scanner.next() == "connected")
        // Control-C and Control-D would end a line that is not raw.
        try sender.send(Array("\r90\r\n\u{3}\u{4}\r1234\n".utf8))
        #expect(await scanner.next() == "90")
        #expect(await scanner.next() == "rejected")
        #expect(await scanner.next() == "1234")
        await scanner.stop()
        sender.pull()
    }

    @Test("a device that is missing at the start is found when it comes, its directories too")
    func late() async throws {
        let stage = try Stage()
        defer { stage.remove() }
        let scanner = RunningScanner(.device(path: "\(stage.path)/input/by-id/event0"))
        #expect(await scanner.next() == "absent")
        _ = try stage.makePipe("input/by-id/event0")
        #expect(await scanner.next() == "connected")
        await scanner.stop()
        #expect(await scanner.next() == nil)
    }

    @Test("a device that is pulled is told once, and found when it is back")
    func pulled() async throws {
        let stage = try Stage()
        defer { stage.remove() }
        let link = "\(stage.path)/ttyACM0"
        let (first, line) = try Sender.pseudoTerminal()
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: line)
        let scanner = RunningScanner(.serial(path: link))
        #expect(await scanner.next() == "connected")
        // Half a code that the next device must not complete.
        try first.send(Array("12".utf8))
        try FileManager.default.removeItem(atPath: link)
        first.pull()
        #expect(await scanner.next() == "absent")

        let (second, next) = try Sender.pseudoTerminal()
        try FileManager.default.createSymbolicLink(
            atPath: link, withDestinationPath: next)
        #expect(await scanner.next() == "connected")
        try second.send(Array("\r34\r".utf8))
        #expect(await scanner.next() == "34")
        await scanner.stop()
        second.pull()
    }

    @Test("what a pipe holds already when it is opened may be the rest of a code")
    func restInPipe() async throws {
        let stage = try Stage()
        defer { stage.remove() }
        let pipe = try stage.makePipe("hidraw0")
        // Both ends, so that it can be filled before anybody reads.
        let sender = try Sender(open(pipe, O_RDWR | O_CLOEXEC))
        try sender.send(Self.reports)
        let scanner = RunningScanner(.device(path: pipe))
        #expect(await scanner.next() == "connected")
        #expect(await scanner.next() == "rejected")
        try sender.send(Self.reports)
        #expect(await scanner.next() == "A1")
        await scanner.stop()
        sender.pull()
    }

    @Test("what a serial line holds already when it is opened may be the rest of a code")
    func restOnLine() async throws {
        let (sender, line) = try Sender.pseudoTerminal()
        // A line that nobody has open forgets what it is sent.
        let holder = try Sender(open(line, O_RDWR | O_CLOEXEC | O_NOCTTY))
        try sender.send(Array("34\r".utf8))
        let scanner = RunningScanner(.serial(path: line))
        #expect(await scanner.next() == "connected")
        #expect(await scanner.next() == "rejected")
        try sender.send(Array("1234\r".utf8))
        #expect(await scanner.next() == "1234")
        await scanner.stop()
        holder.pull()
        sender.pull()
    }

    @Test("the first code a second after the opening is taken")
    func firstScan() async throws {
        let (sender, line) = try Sender.pseudoTerminal()
        let scanner = RunningScanner(.serial(path: line))
        #expect(await scanner.next() == "connected")
        // The passing of time is itself what is tested here.
        try await Task.sleep(for: .seconds(1))
        try sender.send(Array("1234\r".utf8))
        #expect(await scanner.next() == "1234")
        await scanner.stop()
        sender.pull()
    }

    @Test("what is no scanner is named so")
    func others() async throws {
        let stage = try Stage()
        defer { stage.remove() }
        let file = "\(stage.path)/hidraw0"
        try Data("12\r".utf8).write(to: URL(filePath: file))
        let pipe = try stage.makePipe("mouse0")
        for source in [
            ScannerSource.device(path: file), .device(path: pipe), .device(path: stage.path),
            .serial(path: file), .serial(path: pipe), .device(path: "/dev/null"),
        ] {
            let scanner = RunningScanner(source)
            #expect(await scanner.next() == "notAScanner", "\(source)")
            await scanner.stop()
            #expect(await scanner.next() == nil)
        }
    }

    @Test("every directory on the way is watched, from the top down")
    func directories() {
        let absolute = DirectoryWatch.directories(above: "/dev/input/by-id/a")
        #expect(absolute == ["/", "/dev", "/dev/input", "/dev/input/by-id"])
        #expect(DirectoryWatch.directories(above: "a/b") == [".", "./a"])
    }

    @Test("trouble says what to do")
    func words() {
        #expect(
            "\(ScannerTrouble(systemError: EACCES, path: "/dev/input/event0"))"
                == "the scanner /dev/input/event0 cannot be read (errno 13) — this user may not "
                + "open it — give the agent's group access by a udev rule")
    }
}
