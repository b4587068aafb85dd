internal import Hummingbird
internal import Ledger

extension LocalAPI {
    func addVerifyRoute(_ router: Router<APIContext>) {
        router.post("/v1/verify") { request, _ in
            try operators.check(request)
            switch verification.ask() {
            case .running(let progress):
                let view = VerificationProgressView(done: progress.done, total: progress.total)
                return try JSONAnswer.make(view, status: .accepted)
            case .done(let result):
                return try JSONAnswer.make(VerificationView(try result.get()))
            }
        }
    }
}
