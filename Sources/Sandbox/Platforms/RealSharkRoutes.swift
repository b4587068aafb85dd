internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore

/// RealShark under `/realshark`, see wire/other-platforms.md.
struct RealSharkRoutes: Sendable {
    let platform: SandboxPlatform

    func add(to router: Router<SandboxContext>) {
        router.get("/realshark/authorize") { request, _ in await authorize(request) }
        router.post("/realshark/token") { request, context in
            await token(try await request.formFields(), isPost: true, context)
        }
        router.get("/realshark/token") { request, context in
            await token(request.queryFields, isPost: false, context)
        }
    }

    /// The code goes back in the query, a token in the fragment.
    private func authorize(_ request: Request) async -> Response {
        await LoginPage.answer(
            request, title: "RealShark", names: RealSharkModel.loginNames,
            model: await platform.model
        ) { login, card in
            guard login.responseType == "token" else {
                let code = await platform.realSharkSignedIn(as: card, login)
                return login.callback([("code", code)])
            }
            let token = await platform.realSharkToken(for: card)
            return login.callback(token.fields, inFragment: true)
        }
    }

    /// The document has the fields in the body of a POST and in the query of a GET.
    private func token(
        _ fields: [String: String]?, isPost: Bool, _ context: SandboxContext
    ) async -> Response {
        let fields = fields ?? [:]
        await platform.note(
            context.number, String((fields["grant_type"] ?? "no grant").prefix(32)))
        do throws(Refusal) {
            return .json(try await platform.realSharkAsked(fields, isPost: isPost))
        } catch {
            return .refusal(error)
        }
    }
}
