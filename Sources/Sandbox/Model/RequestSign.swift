/// The platform's `sign`, made here a second time and without the agent's code, so that an error
/// in one of the two shows.
public enum RequestSign {
    /// The sign of `fields` under `secret`: 32 lower-case hex digits.
    ///
    /// `name=value` texts sorted as whole texts ignoring case, joined by `&`, with
    /// `&key=<secret>` at the end; MD5 of the UTF-8 bytes. A field `sign` is left out.
    public static func make(_ fields: [String: String], secret: String) -> String {
        let texts = fields.filter { $0.key != "sign" }.map { "\($0.key)=\($0.value)" }
        let sorted = texts.sorted {
            let (left, right) = ($0.lowercased(), $1.lowercased())
            return left == right ? $0 < $1 : left < right
        }
        let text = (sorted + ["key=\(secret)"]).joined(separator: "&")
        return md5Hex(Array(text.utf8))
    }
}
