internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore

/// The payers' phones: what they were sent, what they show and what they scan.
struct PhoneRoutes: Sendable {
    let platform: SandboxPlatform

    func add(to router: Router<SandboxContext>) {
        router.get("/admin/messages") { _, _ in Response.json(await platform.model.messages) }
        router.post("/admin/messages") { request, _ in try await send(request) }
        router.get("/admin/sessions") { _, _ in
            Response.json(await platform.sessions(QRSessions.sessionsMax))
        }
        router.post("/admin/sessions/:session/scan") { _, context in await scan(context) }
        router.post("/admin/codes") { request, _ in try await showCode(request) }
    }

    private func send(_ request: Request) async throws -> Response {
        guard let order = try await request.json(MessageOrder.self) else {
            return .problem(.badRequest, "the body is {phone}")
        }
        do throws(SandboxError) {
            return .json(try await platform.sendMessage(to: order.phone), status: .created)
        } catch {
            return .problem(error)
        }
    }

    private func scan(_ context: SandboxContext) async -> Response {
        let name = context.parameters.get("session") ?? ""
        do throws(SandboxError) {
            return .json(try await platform.sessionScanned(name))
        } catch {
            return .problem(error)
        }
    }

    private func showCode(_ request: Request) async throws -> Response {
        guard let order = try await request.json(CodeOrder.self) else {
            return .problem(.badRequest, "the body is {card}")
        }
        do throws(SandboxError) {
            return .json(try await platform.showCode(of: order.card), status: .created)
        } catch {
            return .problem(error)
        }
    }
}
