/// The names and values of a query, of a fragment or of a form, decoded.
public struct FormFields: Hashable, Sendable {
    private var values: [String: [String]] = [:]

    /// Reads `name=value` pairs that `&` joins; `+` is a space. Throws
    /// ``TokenError/badCallback(_:)`` for an escape that is none.
    init(_ text: Substring) throws(TokenError) {
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let cut = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            let name = try Self.decode(pair[..<cut])
            let value = try Self.decode(pair[cut...].dropFirst())
            values[name, default: []].append(value)
        }
    }

    /// The value of `name`; nil without one. Two of them are an error: which would count?
    func value(_ name: String) throws(TokenError) -> String? {
        let found = values[name] ?? []
        guard found.count < 2 else { throw .badCallback("it has two values of \(name)") }
        return found.first
    }

    /// The value of `name` as a whole number; nil without one.
    func number(_ name: String) throws(TokenError) -> Int64? {
        guard let text = try value(name) else { return nil }
        guard let number = Int64(text) else { throw .badCallback("its \(name) is no number") }
        return number
    }

    /// These fields and those of another part of the same address.
    func joined(with others: FormFields) -> FormFields {
        var all = self
        all.values.merge(others.values) { $0 + $1 }
        return all
    }

    private static func decode(_ text: Substring.UTF8View) throws(TokenError) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(digit),
                    let low = rest.popFirst().flatMap(digit)
                else { throw .badCallback("it has an escape that is none") }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw .badCallback("it is not UTF-8")
        }
        return decoded
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
