extension WireResponse {
    /// Whether it sends us elsewhere instead of answering. Never followed: a secret would go along.
    public var isRedirect: Bool { (300..<400).contains(status) }

    /// The longest host with its port that is repeated to people, in characters.
    private static let placeMax = 128

    /// Scheme, host and port that a redirect leads to, as `https://pay.example.com`; nil when it
    /// names no host, and so stays at the one that was asked.
    ///
    /// Path and query stay behind: they may repeat what was asked. What is no host is not shown.
    public var redirectPlace: String? {
        guard isRedirect, let location, let mark = location.firstRange(of: "//") else { return nil }
        let scheme = location[..<mark.lowerBound].lowercased()
        guard ["", "http:", "https:"].contains(scheme) else { return nil }
        let authority = location[mark.upperBound...].prefix { !"/?#\\".contains($0) }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
        guard (1...Self.placeMax).contains(host.utf8.count), host.utf8.allSatisfy(Self.isHostByte)
        else { return nil }
        return (scheme.isEmpty ? "" : scheme + "//") + host.lowercased()
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "["), UInt8(ascii: "]"):
            true
        default: false
        }
    }
}
