internal import FoundationEssentials
internal import OAuth
internal import TerminalCore

/// A token as it is printed: the same members for every platform, secrets masked.
struct TokenOutput: Encodable {
    private var rows: [(name: CodingKeys, value: Value)]

    private enum Value {
        case text(String?)
        case list([String])
        case moment(Int64?)
    }

    private enum CodingKeys: String, CodingKey {
        case access_token, refresh_token, expires_at, refresh_expires_at, scope, subject, roles
        case card, st
    }

    /// `now` is when the token came; `shows` prints what is secret.
    init(_ token: Token, now: Timestamp, shows: Bool) {
        let secret = { (secret: OAuth.Secret?) -> Value in
            .text(secret.map { shows ? $0.exposed : "****" })
        }
        let moment = { (life: Duration?) -> Value in
            .moment(life.map { (now + $0).milliseconds })
        }
        let card = token.card.map { card in
            shows ? card.exposed : (try? CardNumber(card.exposed))?.masked ?? "****"
        }
        rows = [
            (.access_token, secret(token.access)), (.refresh_token, secret(token.refresh)),
            (.expires_at, moment(token.expiresIn)),
            (.refresh_expires_at, moment(token.refreshExpiresIn)), (.scope, .list(token.scope)),
            (.subject, .text(token.subject)), (.roles, .list(token.roles)), (.card, .text(card)),
            (.st, .text(token.cardState)),
        ]
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        for row in rows {
            switch row.value {
            case .text(let text): try container.encode(text, forKey: row.name)
            case .list(let words):
                try container.encode(words.joined(separator: " "), forKey: row.name)
            case .moment(let moment): try container.encode(moment, forKey: row.name)
            }
        }
    }

    /// One line for each member that there is.
    var text: String {
        var lines: [[String]] = []
        for row in rows {
            let value: String? =
                switch row.value {
                case .text(let text): text
                case .list(let words): words.isEmpty ? nil : words.joined(separator: " ")
                case .moment(let moment): moment.map(Moments.text)
                }
            let name = row.name.rawValue.replacing("_", with: " ")
            if let value { lines.append([name, value]) }
        }
        var table = TextTable(lines[0], overflow: .kept)
        for line in lines.dropFirst() { table.add(line) }
        return table.text
    }

    /// Prints it for people or for programs.
    func say(asJSON: Bool) throws {
        guard asJSON else { return Terminal.say(text) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Terminal.say(String(decoding: try encoder.encode(self), as: UTF8.self))
    }
}
