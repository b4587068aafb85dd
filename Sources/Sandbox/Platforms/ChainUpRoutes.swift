internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore

/// ChainUp under `/chainup`, see wire/other-platforms.md.
struct ChainUpRoutes: Sendable {
    let platform: SandboxPlatform

    func add(to router: Router<SandboxContext>) {
        router.get("/chainup/platform/login.html") { request, _ in await login(request) }
        let auth = "/chainup/platformapi/chainup/open/auth"
        router.post("\(auth)/token") { request, _ in try await ask(.token, request) }
        router.post("\(auth)/refreshToken") { request, _ in try await ask(.refresh, request) }
    }

    private func login(_ request: Request) async -> Response {
        await LoginPage.answer(
            request, title: "ChainUp", names: ChainUpModel.loginNames, model: await platform.model
        ) { login, card in
            login.callback([("code", await platform.chainUpSignedIn(as: card, login))])
        }
    }

    private func ask(_ call: ChainUpModel.Call, _ request: Request) async throws -> Response {
        guard let sealed = try await request.json(ChainUpRequest.self) else {
            return .json(ChainUpAnswer(.incomplete))
        }
        do throws(SandboxError) {
            return .json(try await platform.chainUpAsked(call, sealed))
        } catch {
            return .problem(error)
        }
    }
}
