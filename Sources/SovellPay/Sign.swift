internal import Crypto
internal import OAuth

/// The platform's `sign`: every field as `name=value`, sorted as whole texts without regard to
/// case, joined by `&`, then `&key=<client secret>`, as the MD5 in lower-case hex.
enum Sign {
    static func make(_ fields: [(name: String, value: String)], secret: Secret) -> String {
        let texts = fields.map { "\($0.name)=\($0.value)" }
        let sorted = texts.map { (key: $0.lowercased(), text: $0) }
            .sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
            .map(\.text)
        let text = sorted.joined(separator: "&") + "&key=" + secret.exposed
        let digest = Insecure.MD5.hash(data: Array(text.utf8))
        return digest.map { byte in
            let hex = String(byte, radix: 16)
            return hex.utf8.count == 1 ? "0" + hex : hex
        }.joined()
    }
}
