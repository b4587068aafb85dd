internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore

/// The platform's endpoints, see wire/sovell.md.
struct PlatformRoutes: Sendable {
    /// The longest a query waits for an order to leave `accepted`, in milliseconds.
    static let queryMillisecondsMax = 60_000
    /// How often such an order is looked at, in milliseconds.
    static let queryPauseMilliseconds = 50

    let platform: SandboxPlatform

    func add(to router: Router<SandboxContext>) {
        router.post("/oauth/v2/token") { try await token($0, $1) }
        router.post("/sovellpay/v2/trade") { request, _ in try await create(request) }
        router.get("/sovellpay/v2/trade/:seq") { await query($0, $1) }
        router.delete("/sovellpay/v2/trade/:seq") { await close($0, $1) }
    }

    private func token(_ request: Request, _ context: SandboxContext) async throws -> Response {
        let text = String(decoding: try await request.bytes(), as: UTF8.self)
        guard let form = FormBody.parse(text) else {
            return .refusal(.badRequest("the body is not a form"))
        }
        var client: (id: String, secret: String)?
        if let basic = request.authorization("Basic") {
            client = FormBody.basicClient(basic)
        } else if let id = form["client_id"], let secret = form["client_secret"] {
            client = (id, secret)
        }
        var note = String((form["grant_type"] ?? "no grant").prefix(32))
        if let code = form["code"] { note += " " + lastFour(of: code) }
        await platform.note(context.number, note)
        do throws(Refusal) {
            return .json(try await platform.tokenAsked(form, client: client))
        } catch {
            return .refusal(error)
        }
    }

    private func create(_ request: Request) async throws -> Response {
        guard let order = try await request.json(TradeOrder.self) else {
            return .refusal(.badRequest("the body is not a JSON object of texts"))
        }
        do throws(Refusal) {
            let bearer = request.authorization("Bearer")
            return .json(try await platform.tradePosted(order, bearer: bearer))
        } catch {
            return .refusal(error)
        }
    }

    private func query(_ request: Request, _ context: SandboxContext) async -> Response {
        let seq = context.parameters.get("seq") ?? ""
        let timeout = request.uri.queryParameters["timeout"].flatMap(Self.milliseconds) ?? 0
        let deadline = ContinuousClock.now.advanced(
            by: .milliseconds(min(timeout, Self.queryMillisecondsMax)))
        do throws(Refusal) {
            while true {
                let trade = try await platform.tradeAsked(
                    seq, bearer: request.authorization("Bearer"))
                guard trade.status == "accepted", ContinuousClock.now < deadline,
                    await pause(milliseconds: Self.queryPauseMilliseconds)
                else { return .json(trade) }
            }
        } catch {
            return .refusal(error)
        }
    }

    private func close(_ request: Request, _ context: SandboxContext) async -> Response {
        let seq = context.parameters.get("seq") ?? ""
        let sign = request.uri.queryParameters["sign"].map { String($0) }
        do throws(Refusal) {
            let bearer = request.authorization("Bearer")
            return .json(try await platform.tradeDeleted(seq, sign: sign, bearer: bearer))
        } catch {
            return .refusal(error)
        }
    }

    /// A duration as the platform writes it: `5s` in seconds, a bare number in milliseconds.
    static func milliseconds(_ text: Substring) -> Int? {
        let isSeconds = text.hasSuffix("s")
        let digits = isSeconds ? text.dropLast() : text
        guard (1...6).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(digits).map { isSeconds ? $0 * 1_000 : $0 }
    }
}
