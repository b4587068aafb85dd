internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore

/// The platform's `/sovellpay/v2`, see wire/sovell.md.
struct PlatformRoutes: Sendable {
    /// The longest a query waits for an order to leave `accepted`, in milliseconds.
    static let queryMillisecondsMax = 60_000
    /// How often such an order is looked at, in milliseconds.
    static let queryPauseMilliseconds = 50
    /// How many rows a list gives when nobody asks, and at most (assumed).
    static let rowsUsual = 20
    static let rowsMax = 100

    let platform: SandboxPlatform

    func add(to router: Router<SandboxContext>) {
        router.post("/sovellpay/v2/trade") { request, _ in try await create(request) }
        router.get("/sovellpay/v2/trade/:seq") { await query($0, $1) }
        router.delete("/sovellpay/v2/trade/:seq") { await close($0, $1) }
        router.get("/sovellpay/v2/accounts") { request, _ in await accounts(request) }
        router.get("/sovellpay/v2/props") { request, _ in await vouchers(request) }
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

    private func accounts(_ request: Request) async -> Response {
        do throws(Refusal) {
            let bearer = request.authorization("Bearer")
            return Self.page(try await platform.accountsAsked(bearer: bearer), of: request)
        } catch {
            return .refusal(error)
        }
    }

    private func vouchers(_ request: Request) async -> Response {
        do throws(Refusal) {
            let bearer = request.authorization("Bearer")
            return Self.page(try await platform.vouchersAsked(bearer: bearer), of: request)
        } catch {
            return .refusal(error)
        }
    }

    /// The rows that `skip` and `limit` ask for; how many there are is in `X-Total-Count`.
    private static func page(_ rows: [some Encodable], of request: Request) -> Response {
        let fields = request.queryFields ?? [:]
        guard let skip = Int(fields["skip"] ?? "0"), skip >= 0,
            let limit = Int(fields["limit"] ?? String(rowsUsual)), limit >= 0
        else { return .refusal(.badRequest("skip or limit is not a number")) }
        var response = Response.json(Array(rows.dropFirst(skip).prefix(min(limit, rowsMax))))
        if let total = HTTPField.Name("X-Total-Count") {
            response.headers[total] = String(rows.count)
        }
        return response
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
