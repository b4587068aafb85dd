internal import FoundationEssentials

/// ChainUp's token and refresh calls, see wire/other-platforms.md.
struct ChainUpModel: Sendable {
    static let loginNames = LoginRequest.Names(
        client: "appKey", redirect: "redirectUrl", responseTypes: [])
    /// How far a request's `time` may be off, in milliseconds (assumed).
    static let clockMillisecondsMax: Int64 = 300_000

    enum Call: Hashable, Sendable {
        case token
        case refresh
    }

    var book: GrantBook

    /// Opens a request, gives a token and seals it; `model` knows the cards.
    mutating func answer(
        _ call: Call, _ request: ChainUpRequest, keys: ChainUpKeys, model: PlatformModel,
        now: Int64
    ) -> ChainUpAnswer {
        do throws(ChainUpRefusal) {
            let order = try open(request, keys: keys, now: now)
            let subject = try self.subject(of: order, call, model: model, now: now)
            let token = book.token(for: subject, lifetimes: model.lifetimes, now: now)
            let grant = ChainUpGrant(
                openId: Self.openID(of: subject, model),
                expireIn: String(token.expires / 1_000), refreshToken: token.refresh,
                token: token.text)
            guard let plain = try? JSONEncoder().encode(grant),
                let sealed = try? keys.seal(Array(plain))
            else { throw .ownTrouble }
            // Both forms of "0" are stated; each call has its own.
            let code = call == .token ? ChainUpAnswer.Code.text("0") : .number(0)
            return ChainUpAnswer(code: code, sealed: sealed)
        } catch {
            return ChainUpAnswer(error)
        }
    }

    private func open(
        _ request: ChainUpRequest, keys: ChainUpKeys, now: Int64
    ) throws(ChainUpRefusal) -> ChainUpOrder {
        guard request.app_id == book.clientID else { throw .unknownApp }
        let near = now - Self.clockMillisecondsMax...now + Self.clockMillisecondsMax
        guard let time = request.time, near.contains(time.milliseconds) else {
            throw .wrongTime
        }
        guard let data = request.data, let sign = request.sign else { throw .incomplete }
        let plain: [UInt8]
        do throws(ChainUpKeys.Trouble) {
            plain = try keys.open(data: data, sign: sign)
        } catch {
            throw error == .wrongSign ? ChainUpRefusal.wrongSign : ChainUpRefusal.unreadable
        }
        guard let order = try? JSONDecoder().decode(ChainUpOrder.self, from: Data(plain)) else {
            throw .incomplete
        }
        return order
    }

    /// Whom an order's code or refresh token speaks for, once.
    private mutating func subject(
        of order: ChainUpOrder, _ call: Call, model: PlatformModel, now: Int64
    ) throws(ChainUpRefusal) -> TokenTable.Subject {
        switch call {
        case .token:
            guard let text = order.code else { throw .incomplete }
            guard let code = book.codes.take(text, now: now) else { throw .unknownCode }
            return code.subject
        case .refresh:
            guard let refresh = order.refreshToken, let text = order.token,
                let openID = order.openId
            else { throw .incomplete }
            guard let token = book.tokens.takeRefresh(refresh, now: now), token.text == text,
                Self.openID(of: token.subject, model) == openID
            else { throw .unknownToken }
            return token.subject
        }
    }

    private static func openID(of subject: TokenTable.Subject, _ model: PlatformModel) -> String {
        model.openID(of: subject, at: "chainup")
    }
}
