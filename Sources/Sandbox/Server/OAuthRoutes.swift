internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore

/// The platform's `/oauth/v2`, see wire/sovell.md.
struct OAuthRoutes: Sendable {
    static let loginNames = LoginRequest.Names(
        client: "client_id", redirect: "redirect_uri", responseTypes: ["code"])

    let platform: SandboxPlatform

    func add(to router: Router<SandboxContext>) {
        router.post("/oauth/v2/token") { try await token($0, $1) }
        router.get("/oauth/v2/code") { request, _ in await sendCode(request) }
        router.get("/oauth/v2/session/:session/code") { await openSession($0, $1) }
        router.get("/oauth/v2/session/:session/state") { await askSession($0, $1) }
        router.get("/oauth/v2/authorize") { request, _ in await authorize(request) }
        router.get("/oauth/v2/check_token") { request, _ in await check(request.queryFields) }
        router.post("/oauth/v2/check_token") { request, _ in
            await check(try await request.formFields())
        }
        router.get("/oauth/v2/userinfo") { request, _ in await userInfo(request) }
    }

    private func token(_ request: Request, _ context: SandboxContext) async throws -> Response {
        guard let form = try await request.formFields() else {
            return .refusal(.badRequest("the body is not a form"))
        }
        var client: (id: String, secret: String)?
        if let basic = request.authorization("Basic") {
            client = FormBody.basicClient(basic)
        } else if let id = form["client_id"], let secret = form["client_secret"] {
            client = (id, secret)
        }
        await platform.note(context.number, Self.note(form))
        do throws(Refusal) {
            return .json(try await platform.tokenAsked(form, client: client))
        } catch {
            return .refusal(error)
        }
    }

    /// The grant, and the last characters of a card; other codes are as good as money.
    private static func note(_ form: [String: String]) -> String {
        let grant = String((form["grant_type"] ?? "no grant").prefix(32))
        guard grant == "offline_cert", let code = form["code"] else { return grant }
        return grant + " " + lastFour(of: code)
    }

    private func sendCode(_ request: Request) async -> Response {
        let fields = request.queryFields ?? [:]
        do throws(Refusal) {
            try await platform.messageAsked(
                phone: fields["phone"], title: fields["title"],
                bearer: request.authorization("Bearer"))
            return Response(status: .ok)
        } catch {
            return .refusal(error)
        }
    }

    private func openSession(_ request: Request, _ context: SandboxContext) async -> Response {
        let name = context.parameters.get("session") ?? ""
        do throws(Refusal) {
            let session = try await platform.sessionOpened(
                name, bearer: request.authorization("Bearer"))
            return .json(["code": session.code])
        } catch {
            return .refusal(error)
        }
    }

    /// The member is called `code` although it holds the state (wire/sovell.md).
    private func askSession(_ request: Request, _ context: SandboxContext) async -> Response {
        let name = context.parameters.get("session") ?? ""
        do throws(Refusal) {
            let session = try await platform.sessionAsked(
                name, bearer: request.authorization("Bearer"))
            return .json(["code": session.state == .used ? "used" : "unused"])
        } catch {
            return .refusal(error)
        }
    }

    private func authorize(_ request: Request) async -> Response {
        await LoginPage.answer(
            request, title: "Sovell", names: Self.loginNames, model: await platform.model
        ) { login, card in
            login.callback([("code", await platform.signedIn(as: card, login))])
        }
    }

    private func check(_ fields: [String: String]?) async -> Response {
        do throws(Refusal) {
            return .json(try await platform.tokenChecked(fields?["token"]))
        } catch {
            return .refusal(error)
        }
    }

    private func userInfo(_ request: Request) async -> Response {
        do throws(Refusal) {
            let bearer = request.authorization("Bearer")
            return .json(try await platform.identityAsked(bearer: bearer))
        } catch {
            return .refusal(error)
        }
    }
}
