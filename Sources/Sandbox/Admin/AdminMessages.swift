/// `PUT /admin/cards/{number}`: absent members stay as they are; `st` null or `normal` is normal.
struct CardChange: Decodable, Sendable {
    var name: String?
    var balance: Int64?
    var uid: String?
    var phone: String?
    /// The outer nil: stays; the inner nil: normal.
    var st: String??

    enum CodingKeys: String, CodingKey { case name, balance, uid, phone, st }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        name = try values.decodeIfPresent(String.self, forKey: .name)
        balance = try values.decodeIfPresent(Int64.self, forKey: .balance)
        uid = try values.decodeIfPresent(String.self, forKey: .uid)
        phone = try values.decodeIfPresent(String.self, forKey: .phone)
        guard values.contains(.st) else { return }
        let word = try values.decodeIfPresent(String.self, forKey: .st) ?? ""
        st = .some(["", "normal"].contains(word) ? nil : word)
    }

    /// What is wrong with its values; nil when nothing is.
    var problem: String? {
        if let name, name.utf8.count > 64 { return "name has at most 64 bytes" }
        if let balance, !(0...10_000_000_000).contains(balance) {
            return "balance is 0 to 10000000000 fen"
        }
        if let phone, !(1...32).contains(phone.utf8.count) { return "phone has 1 to 32 bytes" }
        if case .some(.some(let word)) = st, word.utf8.count > 32 {
            return "st has at most 32 bytes"
        }
        if let uid, SandboxCard(number: "", uid: uid).uidBytes == nil {
            return "uid is 4, 7 or 10 bytes in hex"
        }
        return nil
    }

    func apply(to card: inout SandboxCard) {
        if let name { card.name = name }
        if let balance { card.balance = balance }
        if let uid { card.uid = uid }
        if let phone { card.phone = phone }
        if let st { card.st = st }
    }
}

/// `POST /admin/taps`.
struct TapOrder: Decodable, Sendable {
    var card: String
    /// How long the card stays in the reader; 1.5 when absent.
    var seconds: Double?
    var reader: UInt16?
}

/// The answer to `POST /admin/taps`.
struct TapAnswer: Encodable, Sendable {
    let reader: UInt16
    let seconds: Double
}

/// `POST /admin/messages`: a text message with a code, to the phone of a card's holder.
struct MessageOrder: Decodable, Sendable {
    var phone: String
}

/// `POST /admin/codes`: a card's holder opens a QR code on the phone.
struct CodeOrder: Decodable, Sendable {
    var card: String
}

/// `GET` and `PUT /admin/network`.
struct NetworkSwitch: Codable, Sendable {
    var up: Bool
}

/// All that the panel shows, newest first; `GET /admin/state`.
struct PanelState: Encodable, Sendable {
    /// How many trades and requests the panel shows.
    static let rowsMax = 50

    struct Reader: Encodable, Sendable {
        let port: UInt16
        let busy: Bool
    }

    let client_id: String
    let up: Bool
    let readers: [Reader]
    let cards: [SandboxCard]
    let faults: [SandboxFault]
    let messages: [SandboxMessage]
    let sessions: [SandboxSession]
    let trades: [SandboxTrade]
    let requests: [SandboxRequest]
}
