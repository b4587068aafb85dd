internal import TerminalCore

extension ScalarType where Value == WebAddress {
    /// A base address; whether plain http is permitted is checked when all is read.
    static let webAddress = Self(
        allowed: Phrase(
            en: "https://host[:port][/path], or http:// to this machine; no query",
            zh: "https://host[:port][/path]，连接本机可用 http://；不带查询参数")
    ) { text throws(Flaw) in
        if text == Raw.placeholder { throw .placeholder }
        return try WebAddress(text)
    }
}

extension ScalarType where Value == String {
    /// The origin of a web page, as browsers send it.
    static let origin = Self(
        allowed: Phrase(
            en: "https://host[:port] or http://host[:port], nothing after",
            zh: "https://host[:port] 或 http://host[:port]，其后无内容")
    ) { text throws(Flaw) in
        let address = try WebAddress(text)
        guard address.path.isEmpty else {
            throw Flaw(
                what: Phrase(
                    en: "has a path, which no origin has", zh: "带有路径，而 origin 没有路径"))
        }
        return address.origin
    }
}

extension ScalarType where Value == Authority {
    /// A loopback host with a port to listen on.
    static let loopback = Self(
        allowed: Phrase(
            en: "a loopback host:port, as 127.0.0.1:7717, [::1]:7717 or localhost:7717; "
                + "port 0 takes any free one",
            zh: "本机环回地址 host:port，如 127.0.0.1:7717、[::1]:7717 或 localhost:7717；"
                + "端口 0 表示任一空闲端口")
    ) { text throws(Flaw) in
        if text.isEmpty { throw .empty }
        let authority = try Authority(text[...], ports: 0...65_535)
        guard authority.port != nil else {
            throw Flaw(what: Phrase(en: "has no port", zh: "没有端口"))
        }
        guard authority.host.isLoopback else {
            throw Flaw(
                what: Phrase(en: "is open to other machines", zh: "对其他机器开放"))
        }
        return authority
    }
}
