internal import Glibc
internal import TerminalCore

/// An http or https address, taken apart.
///
/// Read by hand, because Foundation's URL accepts far more than a configuration should.
struct WebAddress: Hashable, Sendable {
    let isEncrypted: Bool
    let host: NetworkHost
    /// Nil when it is the scheme's own.
    let port: Int?
    /// Empty, or with a `/` at the start and none at the end.
    let path: String

    /// `host` or `host:port`.
    var identity: String { host.bracketed + (port.map { ":\($0)" } ?? "") }
    /// `scheme://host[:port]`, as browsers name an origin.
    var origin: String { (isEncrypted ? "https://" : "http://") + identity }
    var text: String { origin + path }

    init(_ text: String) throws(Flaw) {
        if text.isEmpty { throw .empty }
        guard !text.contains("@") else {
            throw Flaw(
                what: Phrase(en: "holds a user name or a password", zh: "含有用户名或密码"),
                hidesValue: true)
        }
        guard let separator = text.firstRange(of: "://") else {
            throw Flaw(what: Phrase(en: "has no scheme", zh: "没有协议"))
        }
        switch text[..<separator.lowerBound].lowercased() {
        case "https": isEncrypted = true
        case "http": isEncrypted = false
        default:
            throw Flaw(
                what: Phrase(
                    en: "has another scheme than https or http",
                    zh: "协议不是 https 或 http"))
        }
        let rest = text[separator.upperBound...]
        guard !rest.contains("?"), !rest.contains("#") else {
            throw Flaw(
                what: Phrase(en: "has a query or a fragment", zh: "带有查询参数或片段"))
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let authority = try Authority(rest[..<slash])
        host = authority.host
        port = authority.port == (isEncrypted ? 443 : 80) ? nil : authority.port
        path = try Self.path(rest[slash...])
    }

    private static func path(_ text: Substring) throws(Flaw) -> String {
        guard text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), !text.contains("\\") else {
            throw Flaw(
                what: Phrase(
                    en: "has a path with other characters than an address may have",
                    zh: "路径含有地址中不允许的字符"))
        }
        let end = text.lastIndex { $0 != "/" }
        return end.map { String(text[...$0]) } ?? ""
    }
}

/// A host with an optional port, as `host`, `host:port` or `[address]:port`.
struct Authority: Hashable, Sendable {
    let host: NetworkHost
    let port: Int?

    /// Port 0, where `ports` has it, stands for any free one.
    init(_ text: Substring, ports: ClosedRange<Int> = 1...65_535) throws(Flaw) {
        let hostEnd: Substring.Index
        if text.hasPrefix("["), let bracket = text.firstIndex(of: "]") {
            hostEnd = text.index(after: bracket)
            host = try NetworkHost(address: text[text.index(after: text.startIndex)..<bracket])
        } else {
            hostEnd = text.firstIndex(of: ":") ?? text.endIndex
            host = try NetworkHost(name: text[..<hostEnd])
        }
        let rest = text[hostEnd...]
        if rest.isEmpty {
            port = nil
        } else {
            guard rest.hasPrefix(":"), let number = try? Digits.number(rest.dropFirst()),
                ports.contains(number)
            else {
                throw Flaw(
                    what: Phrase(
                        en: "has a port that is not \(ports.lowerBound) to \(ports.upperBound)",
                        zh: "端口不在 \(ports.lowerBound) 至 \(ports.upperBound) 之间"))
            }
            port = number
        }
    }
}

/// A name or an address of a machine, in lower case.
struct NetworkHost: Hashable, Sendable {
    /// Without brackets.
    let text: String
    let isIPv6: Bool

    /// As it stands in an address with a port.
    var bracketed: String { isIPv6 ? "[\(text)]" : text }

    /// A name or an IPv4 address.
    init(name: Substring) throws(Flaw) {
        guard !name.isEmpty else {
            throw Flaw(what: Phrase(en: "has no host", zh: "没有主机"))
        }
        let labels = name.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard name.utf8.count <= 253, labels.allSatisfy({ (1...63).contains($0.count) }),
            name.utf8.allSatisfy(Self.isNameByte)
        else {
            throw Flaw(
                what: Phrase(
                    en: "has a host that is neither a name nor an address",
                    zh: "主机既不是名称也不是地址"))
        }
        text = name.lowercased()
        isIPv6 = false
    }

    /// An IPv6 address, without brackets.
    init(address: Substring) throws(Flaw) {
        var parsed = in6_addr()
        guard inet_pton(AF_INET6, String(address), &parsed) == 1 else {
            throw Flaw(
                what: Phrase(
                    en: "has a host in brackets that is not an IPv6 address",
                    zh: "方括号中的主机不是 IPv6 地址"))
        }
        text = address.lowercased()
        isIPv6 = true
    }

    /// 127.0.0.0/8, ::1 or `localhost`: never anything that a name server decides.
    var isLoopback: Bool {
        if isIPv6 { return Self.isIPv6Loopback(text) }
        if text == "localhost" { return true }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { try? Digits.number($0) }
        return parts.count == 4 && numbers.count == 4 && numbers[0] == 127
            && numbers.allSatisfy { $0 <= 255 }
    }

    private static func isIPv6Loopback(_ text: String) -> Bool {
        var address = in6_addr()
        guard inet_pton(AF_INET6, text, &address) == 1 else { return false }
        return withUnsafeBytes(of: address) { bytes in
            bytes.last == 1 && bytes.dropLast().allSatisfy { $0 == 0 }
        }
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"):
            true
        default: false
        }
    }
}
