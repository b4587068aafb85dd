internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore

/// Where a browser comes to sign in: a list of the cards' holders, each a link.
///
/// A program signs in without the page, by the field `login` with a card's number.
enum LoginPage {
    /// Shows the page, or sends the browser on when somebody has decided.
    ///
    /// `signedIn` gives the address to go to for a request and a card.
    static func answer(
        _ request: Request, title: String, names: LoginRequest.Names, model: PlatformModel,
        signedIn: (LoginRequest, String) async -> String
    ) async -> Response {
        do throws(Refusal) {
            guard let fields = request.queryFields else {
                throw .badRequest("the query is not a form")
            }
            let login = try LoginRequest(fields, names: names, clientID: model.clientID)
            guard let card = login.card else {
                return page(title, query: request.uri.query ?? "", cards: model.cards)
            }
            guard !card.isEmpty else {
                return .redirect(to: login.callback([("error", "access_denied")]), type: .found)
            }
            guard model.card(card) != nil else { throw .badRequest("no card has this number") }
            return .redirect(to: await signedIn(login, card), type: .found)
        } catch {
            return .refusal(error)
        }
    }

    private static func page(_ title: String, query: String, cards: [SandboxCard]) -> Response {
        let choices = cards.map { (name: $0.name.isEmpty ? $0.number : $0.name, card: $0.number) }
        let links = (choices + [(name: "No, go back", card: "")]).map { choice in
            let target = "?" + query + "&login=" + FormBody.encode(choice.card)
            return "<li><a href=\"\(escaped(target))\">\(escaped(choice.name))</a></li>"
        }
        let text = """
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>kiosk-sandbox</title>
            </head>
            <body>
            <h1>Sign in to \(escaped(title))</h1>
            <p>The sandbox asks for no password. Who are you?</p>
            <ul>
            \(links.joined(separator: "\n"))
            </ul>
            </body>
            </html>
            """
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .cacheControl: "no-store",
                .contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'",
                .xContentTypeOptions: "nosniff",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for letter in text {
            switch letter {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.append(letter)
            }
        }
        return escaped
    }
}
