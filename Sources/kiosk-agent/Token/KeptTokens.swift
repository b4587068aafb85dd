internal import OAuth
internal import Settings
internal import TerminalCore

/// The refresh token of a configured identity, kept between two runs of `kiosk-agent token`.
struct KeptTokens {
    private let vault: TokenVault
    private let identity: String

    /// The files lie beside the ledger; the key is the credential `data_key`.
    init(_ settings: Settings, identity: String) throws {
        guard let key = settings.ledger.dataKey else {
            throw CommandFailure(
                .configuration,
                Phrase(
                    en: "no token can be kept — there is no data_key to encrypt it with — "
                        + "put a file data_key into $CREDENTIALS_DIRECTORY",
                    zh: "无法保存令牌 — 没有用于加密的 data_key — "
                        + "请将 data_key 文件放入 $CREDENTIALS_DIRECTORY"))
        }
        let path = settings.ledger.path
        let directory = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        vault = TokenVault(
            directory: directory + "/tokens", secret: OAuth.Secret(key.exposed))
        self.identity = identity
    }

    /// Keeps what a next refresh needs; `subject` is known when the answer does not repeat it.
    func keep(_ token: Token, subject: String? = nil) throws {
        guard let refresh = token.refresh else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "no token was kept — the platform gave no refresh token — go on without "
                        + "--keep",
                    zh: "没有保存令牌 — 平台没有给出刷新令牌 — 请去掉 --keep 继续"))
        }
        do {
            try vault.keep(
                .init(refresh: refresh, access: token.access, subject: token.subject ?? subject),
                for: identity)
        } catch {
            throw CommandFailure(.cannotWrite, error.phrase)
        }
    }

    func kept() throws -> TokenVault.Kept {
        let found: TokenVault.Kept?
        do {
            found = try vault.kept(for: identity)
        } catch {
            throw CommandFailure(.data, error.phrase)
        }
        guard let found else {
            throw CommandFailure(
                .no,
                Phrase(
                    en: "there is no kept token — none was kept for this client — get one with "
                        + "--keep",
                    zh: "没有已保存的令牌 — 尚未为此客户端保存 — 请用 --keep 获取"))
        }
        return found
    }
}
