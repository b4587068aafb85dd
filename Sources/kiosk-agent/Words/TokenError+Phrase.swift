internal import Glibc
internal import OAuth
internal import TerminalCore

extension WireTrouble {
    /// The middle of a sentence: it says why.
    var phrase: Phrase { Phrase(en: description, zh: chinese) }

    private var chinese: String {
        switch self {
        case .noAnswer: "没有及时应答"
        case .unknownHost(let host): "域名 \(host) 无法解析"
        case .system(ECONNREFUSED): "连接被拒绝"
        case .system(ECONNRESET): "连接被重置"
        case .system(ENETUNREACH), .system(EHOSTUNREACH): "网络不可达"
        case .system(ETIMEDOUT): "连接超时"
        case .system: description
        case .untrusted: "其证书已过期或颁发机构未知，或者本机时钟不准"
        case .otherHost: "其证书属于另一个主机"
        case .noAuthorities: "platform.ca_file 不是 PEM 证书文件"
        case .noTLS: "该端口不使用 TLS"
        case .notAgreed: "无法协商 TLS 连接"
        case .other(let text): text
        }
    }
}

extension TokenError {
    /// What happened, why, and what to do, in the words of the payment platform.
    var phrase: Phrase { phrase(SovellOAuth.names) }

    /// The same with the names of the platform that it happened with.
    func phrase(_ names: PlatformNames) -> Phrase {
        Phrase(en: text(names), zh: chinese(names))
    }

    private func chinese(_ names: PlatformNames) -> String {
        switch self {
        case .unreachable(let trouble):
            "无法连接平台 — \(trouble.phrase.zh) — 请检查网络和 \(names.address)"
        case .invalidGrant: "平台不认识它 — 卡片、验证码、密码或令牌无效 — 请核对输入"
        case .invalidClient: "平台拒绝本终端 — 客户端编号或密钥错误 — 请检查 \(names.client)"
        case .refused(let code):
            "平台拒绝请求 — 它答复 \(code) — 请检查 \(names.client)，或联系平台客服"
        case .timeRefused(let code):
            "平台不接受请求的时间 — 它答复 \(code) — 请检查时钟：timedatectl set-ntp true"
        case .later(let status, _): notNow(status, names)
        case .redirected(let status, let place):
            "平台把我们转到别处 — 它答复 \(status)" + (place.map { "，指向 \($0)" } ?? "")
                + "，不予跟随 — 请将 \(names.address) 设为实际地址"
        case .malformed(let what):
            "平台的应答不是令牌 — \(what) — 请检查 \(names.address)"
        case .badSignature:
            "应答并非来自平台 — 其签名验证失败 — 请检查 \(names.client) 和 \(names.address)"
        case .stateDiffers, .otherPath, .badCallback: callback
        case .unsupported(let way):
            "\(names.platform) 不支持这种方式 — 它没有 \(way) — 请换用其他 --way"
        case .missing(let what): "无法询问平台 — 缺少 \(what) — 请设置"
        case .badKey(let name):
            "无法读取密钥 — \(name) 不是 2048 位以上的 RSA 密钥 — 请给出 base64url 或 PEM"
        case .namesTaken: "无法开始会话 — 所有名称都被占用 — 请稍后再试"
        }
    }

    private func notNow(_ status: Int, _ names: PlatformNames) -> String {
        switch status {
        case 404, 405: "平台在该处不发放令牌 — 它答复 \(status) — 请检查 \(names.address)"
        case 401, 403: "平台不发放令牌 — 它答复 \(status) — 请检查 \(names.client)"
        default: "平台暂不发放令牌 — 它答复 \(status) — 请稍后再试"
        }
    }

    /// What is wrong with what a browser brought back.
    private var callback: String {
        let again = "请用 kiosk-agent token authorize-url 重新开始"
        return switch self {
        case .stateDiffers: "该回调不是本次登录的答复 — 其 state 不同 — \(again)"
        case .otherPath: "该回调不属于我们 — 它到达了另一个地址 — 请检查平台与本机的重定向地址"
        case .badCallback(let what): "该回调无法使用 — \(what) — \(again)"
        default: description
        }
    }
}
