internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore

/// tf56 under `/tf56/openGateway`, see wire/other-platforms.md.
struct TF56Routes: Sendable {
    let platform: SandboxPlatform

    func add(to router: Router<SandboxContext>) {
        router.get("/tf56/openGateway/oauth") { request, _ in await authorize(request) }
        router.post("/tf56/openGateway/oauth/token") { await token($0, $1) }
        router.get("/tf56/openGateway/api/user") { request, _ in await user(request) }
    }

    private func authorize(_ request: Request) async -> Response {
        await LoginPage.answer(
            request, title: "tf56", names: TF56Model.loginNames, model: await platform.model
        ) { login, card in
            login.callback([("code", await platform.tf56SignedIn(as: card, login))])
        }
    }

    /// Everything is in the query; what the body holds does not count.
    private func token(_ request: Request, _ context: SandboxContext) async -> Response {
        let fields = request.queryFields ?? [:]
        await platform.note(
            context.number, String((fields["grant_type"] ?? "no grant").prefix(32)))
        do throws(Refusal) {
            return .json(try await platform.tf56Asked(fields))
        } catch {
            return .refusal(error)
        }
    }

    /// A call of the platform's interface, for its token in the query; what it tells is assumed.
    private func user(_ request: Request) async -> Response {
        let fields = request.queryFields ?? [:]
        do throws(Refusal) {
            let text = fields["access_token"] ?? fields["AccessToken"]
            return .json(try await platform.tf56User(token: text))
        } catch {
            return .refusal(error)
        }
    }
}
