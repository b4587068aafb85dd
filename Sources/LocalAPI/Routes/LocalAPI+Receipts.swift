internal import HTTPTypes
internal import Hummingbird
internal import Ledger
internal import TerminalCore

extension LocalAPI {
    func addReceiptRoute(_ router: Router<APIContext>) {
        router.get("/v1/payments/:seq/receipt") { request, context in
            try await showReceipt(request, seq: try context.parameters.require("seq"))
        }
    }

    /// A receipt that goes to a POS tells the payer the outcome; one that an operator reads does
    /// not.
    private func showReceipt(_ request: Request, seq: String) async throws -> Response {
        let wantsText = try isText(request)
        let (width, language) = (try paperWidth(request), try words(of: request))
        let isCopy = try flag("copy", of: request)
        guard let payment = try await ledger.payment(seq) else { throw LedgerError.notFound }
        let history = try await ledger.history(seq)
        guard
            let receipt = Receipt(
                payment, history: history, terminalName: settings.terminalName, isCopy: isCopy)
        else { throw Problem.noReceiptYet(seq) }
        let answer =
            try wantsText
            ? plain(receipt.text(width: width, language))
            : JSONAnswer.make(ReceiptView(receipt))
        return operators.isOperator(request) ? answer : telling(payment, by: answer)
    }

    /// `format` decides; without it, a caller who accepts plain text and no JSON gets text.
    private func isText(_ request: Request) throws -> Bool {
        let accepted = request.headers[.accept] ?? ""
        let standard =
            accepted.contains("text/plain") && !accepted.contains("application/json")
            ? "text" : "json"
        let format = request.uri.queryParameters["format"].map(String.init) ?? standard
        guard ["json", "text"].contains(format) else {
            throw Problem.invalid("format must be json or text")
        }
        return format == "text"
    }

    private func paperWidth(_ request: Request) throws -> Int {
        let width = try whole("width", of: request, 0...Int(Int32.max)) ?? Receipt.widths[0]
        guard Receipt.widths.contains(width) else {
            throw Problem.invalid("width must be 32 or 48")
        }
        return width
    }

    /// The terminal's own language when the call names none.
    private func words(of request: Request) throws -> Receipt.Language {
        let text = request.uri.queryParameters["language"].map(String.init)
        switch text ?? settings.language {
        case "zh": return .zh
        case "en": return .en
        default: throw Problem.invalid("language must be zh or en")
        }
    }
}

extension Problem {
    fileprivate static func noReceiptYet(_ seq: String) -> Problem {
        Problem(
            .conflict, "busy",
            "there is no receipt yet — the payment has no outcome — wait for it, then ask again",
            seq: seq)
    }
}
