/// A card reader as the kernel sees it in a USB socket, whether pcscd takes it or not.
public struct USBReader: Hashable, Sendable {
    /// The kernel's name of the socket, as `1-1.2`.
    public var place: String
    /// What it calls itself, as `ACS ACR122U PICC Interface`, or its two numbers.
    public var name: String
    /// The kernel's own NFC driver that has taken it, as `pn533_usb`; pcscd cannot open it then.
    public var holder: String?
    /// Whether the kernel may let it fall asleep when nobody talks to it.
    public var maySleep: Bool

    public init(place: String, name: String, holder: String?, maySleep: Bool) {
        (self.place, self.name, self.holder, self.maySleep) = (place, name, holder, maySleep)
    }
}

extension Machine {
    private static let devices = "/sys/bus/usb/devices"

    /// The class of CCID devices (USB-IF, "Defined Class Codes": 0Bh, smart card).
    private static let smartCardClass = "0b"

    /// The kernel's NFC drivers for USB, `drivers/nfc` in its source.
    static let nfcDrivers: Set = ["pn533_usb", "port100", "nfcmrvl_usb"]

    /// Readers that are known by vendor and product, as some show their class only after a reset.
    /// The same as in `deploy/udev/70-kiosk-agent.rules`.
    static let knownReaders: [String: Set<String>] = [
        "072f": ["2200", "221a", "2224", "223b", "223e", "2259", "223f", "90cc", "b100"],
        "04e6": [
            "512b", "512c", "5291", "5293", "5612", "5613", "5720", "5721", "5790", "5791", "5724",
            "5725",
        ],
        "076b": [
            "5022", "5023", "502a", "5a27", "5121", "5412", "5432", "5127", "5321", "5326", "5421",
            "5422", "5427", "6321",
        ],
        "096e": ["0608", "060d", "0622"],
    ]

    /// The card readers that are plugged in, in the order of their sockets.
    public func usbReaders() -> [USBReader] {
        let names = names(in: Self.devices)
        return names.filter { !$0.contains(":") }.compactMap { place in
            reader(at: place, interfaces: names.filter { $0.hasPrefix(place + ":") })
        }
    }

    /// The kernel's NFC drivers that are loaded, whether they hold a reader or not.
    public func loadedNFCDrivers() -> [String] {
        let modules = (text("/proc/modules") ?? "").split(whereSeparator: \.isNewline)
            .compactMap { $0.split(separator: " ").first.map(String.init) }
        return modules.filter(Self.nfcDrivers.contains).sorted()
    }

    /// Nil for a device that is no reader. An interface is named as its device with `:1.0` behind.
    private func reader(at place: String, interfaces: [String]) -> USBReader? {
        let device = "\(Self.devices)/\(place)"
        let vendor = line(device + "/idVendor") ?? ""
        let product = line(device + "/idProduct") ?? ""
        let isKnown = Self.knownReaders[vendor]?.contains(product) ?? false
        let hasClass = interfaces.contains { interface in
            line("\(Self.devices)/\(interface)/bInterfaceClass") == Self.smartCardClass
        }
        guard isKnown || hasClass else { return nil }
        let words = [line(device + "/manufacturer"), line(device + "/product")]
            .compactMap(\.self)
        let drivers = interfaces.compactMap { target(of: "\(Self.devices)/\($0)/driver") }
        return USBReader(
            place: place,
            name: words.isEmpty ? "\(vendor):\(product)" : words.joined(separator: " "),
            holder: drivers.first(where: Self.nfcDrivers.contains),
            maySleep: line(device + "/power/control") == "auto")
    }
}
