import Foundation
import TerminalTesting
import Testing

@testable import Machine

@Suite("Card readers as the kernel sees them") struct USBTests {
    private static let usb = "sys/bus/usb/devices"

    /// An ACR122U at 1-1, as Linux shows it.
    private static let reader = [
        "\(usb)/1-1/idVendor": "072f\n", "\(usb)/1-1/idProduct": "2200\n",
        "\(usb)/1-1/manufacturer": "ACS\n", "\(usb)/1-1/product": "ACR122U PICC Interface\n",
        "\(usb)/1-1/power/control": "on\n", "\(usb)/1-1:1.0/bInterfaceClass": "0b\n",
    ]

    private static func readers(
        _ more: [String: String] = [:], links: [String: String] = [:]
    ) throws -> [USBReader] {
        let tree = try FileTree(reader.merging(more) { $1 }, links: links)
        return tree.shown { Machine(root: $0).usbReaders() }
    }

    private static let plain = USBReader(
        place: "1-1", name: "ACS ACR122U PICC Interface", holder: nil, maySleep: false)

    @Test("a reader that is awake and left to pcscd")
    func plain() throws {
        #expect(try Self.readers() == [Self.plain])
        let own = ["\(Self.usb)/1-1:1.0/driver": "../../../../bus/usb/drivers/usbfs"]
        #expect(try Self.readers(links: own) == [Self.plain])
    }

    @Test("a reader that the kernel's own driver has taken", arguments: Machine.nfcDrivers.sorted())
    func held(driver: String) throws {
        let link = ["\(Self.usb)/1-1:1.0/driver": "../../../../bus/usb/drivers/\(driver)"]
        var held = Self.plain
        held.holder = driver
        #expect(try Self.readers(links: link) == [held])
    }

    @Test("a reader that may fall asleep")
    func asleep() throws {
        var asleep = Self.plain
        asleep.maySleep = true
        #expect(try Self.readers(["\(Self.usb)/1-1/power/control": "auto\n"]) == [asleep])
    }

    @Test("by class alone, by number alone, and what is none of both")
    func others() throws {
        let found = try Self.readers([
            // A keyboard with a smart card interface.
            "\(Self.usb)/1-2/idVendor": "1234", "\(Self.usb)/1-2/idProduct": "5678",
            "\(Self.usb)/1-2:1.0/bInterfaceClass": "03\n",
            "\(Self.usb)/1-2:1.1/bInterfaceClass": "0b\n",
            // One that hides its class.
            "\(Self.usb)/1-3/idVendor": "076b\n", "\(Self.usb)/1-3/idProduct": "5321\n",
            "\(Self.usb)/1-3:1.0/bInterfaceClass": "ff\n",
            // A keyboard, and another product of a known maker.
            "\(Self.usb)/1-4/idVendor": "04f2\n", "\(Self.usb)/1-4/idProduct": "0112\n",
            "\(Self.usb)/1-4:1.0/bInterfaceClass": "03\n",
            "\(Self.usb)/1-5/idVendor": "072f\n", "\(Self.usb)/1-5/idProduct": "ffff\n",
        ])
        #expect(found.map(\.place) == ["1-1", "1-2", "1-3"])
        #expect(found.map(\.name).dropFirst() == ["1234:5678", "076b:5321"])
    }

    @Test("a machine without USB has no readers")
    func none() throws {
        #expect(try FileTree().shown { Machine(root: $0).usbReaders() } == [])
    }

    @Test("the numbers of readers are those of the udev rules")
    func rules() throws {
        let rules = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent()
                .deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "deploy/udev/70-kiosk-agent.rules"), encoding: .utf8)
        let rule = /ATTR\{idVendor\}=="(\w+)", ATTR\{idProduct\}=="([\w|]+)"/
        var known: [String: Set<String>] = [:]
        for match in rules.matches(of: rule) {
            known[String(match.1)] = Set(match.2.split(separator: "|").map(String.init))
        }
        #expect(known == Machine.knownReaders)
    }

    @Test("the drivers that are loaded")
    func modules() throws {
        let modules = """
            nfc 139264 2 pn533, Live 0x0000000000000000
            pn533 57344 1 pn533_usb, Live 0x0000000000000000
            pn533_usb 20480 0 - Live 0x0000000000000000
            xpn533_usb 1 0 - Live 0x0000000000000000

            """
        let tree = try FileTree(["proc/modules": modules])
        #expect(tree.shown { Machine(root: $0).loadedNFCDrivers() } == ["pn533_usb"])
        #expect(try FileTree().shown { Machine(root: $0).loadedNFCDrivers() } == [])
    }
}
