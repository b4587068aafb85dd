internal import TerminalCore

/// What the doctor says of the way to the platform: each cause with what mends it.
enum PlatformWords {
    static func noConnection(_ why: String) -> Phrase {
        Phrase(
            en: "its connection cannot be set up — \(why) — check platform.ca_file",
            zh: "无法建立连接 — \(why) — 请检查 platform.ca_file")
    }

    static func unknownHost(_ host: String) -> Phrase {
        Phrase(
            en: "the platform cannot be reached — the name \(host) is not known — correct "
                + "platform.base_url, or mend the name service: resolvectl query \(host)",
            zh: "无法连接平台 — 域名 \(host) 无法解析 — 请更正 platform.base_url，"
                + "或修复域名服务：resolvectl query \(host)")
    }

    static func wrongSecret(_ client: String) -> Phrase {
        Phrase(
            en: "the platform refuses this terminal — client id or secret is wrong — check "
                + "\(client); kiosk-agent setup asks for both and tries them",
            zh: "平台拒绝本终端 — 客户端编号或密钥错误 — 请检查 \(client)；"
                + "kiosk-agent setup 会询问并验证两者")
    }

    // MARK: TLS

    static func expired(_ moment: String) -> Phrase {
        Phrase(
            en: "the platform cannot be trusted — its certificate ended on \(moment) — compare the "
                + "clock: timedatectl; if that is right, the platform must renew it",
            zh: "平台不可信任 — 其证书已于 \(moment) 到期 — 请核对时钟：timedatectl；"
                + "若时钟正确，须由平台更新证书")
    }

    static func notYet(_ moment: String) -> Phrase {
        Phrase(
            en: "the platform cannot be trusted — its certificate begins on \(moment), so this "
                + "clock is behind — timedatectl set-ntp true",
            zh: "平台不可信任 — 其证书自 \(moment) 起生效，说明本机时钟落后 — "
                + "timedatectl set-ntp true")
    }

    static func unknownAuthority(_ host: String, _ port: Int) -> Phrase {
        Phrase(
            en: "the platform cannot be trusted — nobody known here signed its certificate — "
                + "sudo apt-get install ca-certificates, or name the site's own authority in "
                + "platform.ca_file; who signed it: "
                + "openssl s_client -connect \(host):\(port) -showcerts",
            zh: "平台不可信任 — 其证书不是由本机已知的机构签发 — "
                + "sudo apt-get install ca-certificates，或在 platform.ca_file 中指定本站点自己的机构；"
                + "查看签发者：openssl s_client -connect \(host):\(port) -showcerts")
    }

    static func otherHost(_ host: String, _ port: Int) -> Phrase {
        Phrase(
            en: "the platform cannot be trusted — its certificate belongs to another host than "
                + "\(host) — set platform.base_url to a name in it: "
                + "openssl s_client -connect \(host):\(port) | "
                + "openssl x509 -noout -ext subjectAltName",
            zh: "平台不可信任 — 其证书不属于 \(host) — 请将 platform.base_url 设为证书中的名称："
                + "openssl s_client -connect \(host):\(port) | "
                + "openssl x509 -noout -ext subjectAltName")
    }

    static func noAuthorities(_ file: String) -> Phrase {
        Phrase(
            en: "the platform cannot be trusted — platform.ca_file is no file of PEM certificates "
                + "— look at it: openssl x509 -noout -subject -in \(file)",
            zh: "平台不可信任 — platform.ca_file 不是 PEM 证书文件 — "
                + "请查看：openssl x509 -noout -subject -in \(file)")
    }

    // MARK: Clock

    static let neverSet = Phrase(
        en: "the clock is before 2024 — it was never set — timedatectl set-ntp true",
        zh: "时钟早于 2024 年 — 从未设置过 — timedatectl set-ntp true")

    static func ahead(_ age: Phrase) -> Phrase {
        Phrase(
            en: "the clock is off — it is \(age.en) ahead of the platform's — "
                + "timedatectl set-ntp true",
            zh: "时钟不准 — 比平台快 \(age.zh) — timedatectl set-ntp true")
    }

    static func behind(_ age: Phrase) -> Phrase {
        Phrase(
            en: "the clock is off — it is \(age.en) behind the platform's — "
                + "timedatectl set-ntp true",
            zh: "时钟不准 — 比平台慢 \(age.zh) — timedatectl set-ntp true")
    }

    // MARK: What cannot be looked at

    static let unseen = Phrase(
        en: "could not be looked at — the configuration is not in order — mend it first",
        zh: "无法检查 — 配置有误 — 请先更正")

    /// The service manager gives the secrets to the service alone.
    static let noSecret = Phrase(
        en: "the client secret is not here, so the platform was only knocked at — it is handed to "
            + "the service alone — look with it: \(AsService.command) doctor",
        zh: "此处没有客户端密钥，因此只测试了与平台的连接 — 密钥只交给系统服务 — "
            + "请带上密钥检查：\(AsService.command) doctor")
}
