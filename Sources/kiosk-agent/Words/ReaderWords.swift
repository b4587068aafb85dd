internal import TerminalCore

/// What the doctor says of pcscd and of readers: what is wrong, why, what mends it.
enum ReaderWords {
    static let simulated = Phrase(
        en: "simulated, no card reader is used", zh: "模拟读卡器，不使用真实设备")
    static let unseen = Phrase(
        en: "could not be looked at — pcscd does not answer — mend pcscd first",
        zh: "无法检查 — pcscd 没有响应 — 请先修复 pcscd")
    static let unplugged = Phrase(
        en: "no reader is plugged in — pcscd sees none — plug one in; "
            + "lsusb shows whether the kernel sees it",
        zh: "没有插入读卡器 — pcscd 未发现任何读卡器 — 请插入读卡器；lsusb 可查看内核是否识别")
    static let asksPolkit = Phrase(
        en: "it asks polkit, which lets root in; look as the agent's user as well: "
            + "sudo -u kiosk-agent -- kiosk-agent doctor",
        zh: "它会询问 polkit，而 root 总是放行；请再以终端程序的用户检查："
            + "sudo -u kiosk-agent -- kiosk-agent doctor")

    static func otherName(_ pattern: String, among names: String) -> Phrase {
        Phrase(
            en: "no reader matches reader.name \"\(pattern)\" — pcscd sees \(names) — "
                + "correct reader.name",
            zh: "没有读卡器与 reader.name \"\(pattern)\" 匹配 — pcscd 发现了 \(names) — "
                + "请更正 reader.name")
    }

    /// The driver is loaded; whether it has the reader cannot be seen.
    static func driverLoaded(_ driver: String) -> Phrase {
        Phrase(
            en: "pcscd sees no reader — the kernel's driver \(driver) may hold it — "
                + "sudo modprobe -r \(driver), and blacklist it in "
                + "/etc/modprobe.d/kiosk-agent.conf",
            zh: "pcscd 未发现读卡器 — 内核驱动 \(driver) 可能占用了它 — "
                + "sudo modprobe -r \(driver)，并在 /etc/modprobe.d/kiosk-agent.conf 中列入黑名单")
    }

    static func driverHolds(_ driver: String, _ reader: String, at place: String) -> Phrase {
        Phrase(
            en: "pcscd cannot open \(reader) in socket \(place) — the kernel's driver \(driver) "
                + "holds it — sudo modprobe -r \(driver), and blacklist it in "
                + "/etc/modprobe.d/kiosk-agent.conf",
            zh: "pcscd 无法打开插口 \(place) 上的 \(reader) — 内核驱动 \(driver) 占用了它 — "
                + "sudo modprobe -r \(driver)，并在 /etc/modprobe.d/kiosk-agent.conf 中列入黑名单")
    }

    static let heldByKernel = Phrase(
        en: "pcscd sees no reader — a driver of the kernel holds it — see the line usb reader",
        zh: "pcscd 未发现读卡器 — 内核驱动占用了它 — 见“USB 读卡器”一行")

    /// The kernel sees a reader and pcscd does not take it.
    static func noDriver(_ readers: String) -> Phrase {
        Phrase(
            en: "pcscd sees no reader — it does not take \(readers), its driver may be missing — "
                + "sudo apt-get install libccid && sudo systemctl restart pcscd.socket pcscd",
            zh: "pcscd 未发现读卡器 — 它没有接管 \(readers)，可能缺少驱动 — "
                + "sudo apt-get install libccid && sudo systemctl restart pcscd.socket pcscd")
    }

    static func maySleep(_ reader: String, at place: String) -> Phrase {
        Phrase(
            en: "\(reader) in socket \(place) may fall asleep and miss a tap — USB autosuspend is "
                + "on for it — echo on | sudo tee /sys/bus/usb/devices/\(place)/power/control; "
                + "for good by deploy/udev, which the package brings",
            zh: "插口 \(place) 上的 \(reader) 可能休眠而漏读卡 — 已对它启用 USB 自动挂起 — "
                + "echo on | sudo tee /sys/bus/usb/devices/\(place)/power/control；"
                + "永久生效请安装 deploy/udev 的规则（软件包已包含）")
    }

    /// `programs` are those that talk to pcscd; who of them holds the card, nobody tells.
    static func held(_ reader: String, by programs: String, pid: Int) -> Phrase {
        Phrase(
            en: "another program holds the card in \(reader) — only one may; these use cards "
                + "now: \(programs) — end the one that is not needed: sudo kill \(pid)",
            zh: "另一个程序占用了 \(reader) 中的卡片 — 同时只允许一个；正在使用卡片的程序："
                + "\(programs) — 请结束不需要的那个：sudo kill \(pid)")
    }

    static func heldByUnseen(_ reader: String) -> Phrase {
        Phrase(
            en: "another program holds the card in \(reader) — only one may, and which it is this "
                + "user cannot see — sudo grep -l libpcsclite /proc/[0-9]*/maps names those that "
                + "use cards; end the one that is not needed",
            zh: "另一个程序占用了 \(reader) 中的卡片 — 同时只允许一个，当前用户看不到是哪一个 — "
                + "sudo grep -l libpcsclite /proc/[0-9]*/maps 列出使用卡片的程序；请结束不需要的那个")
    }
}

/// What is said of a pcscd that cannot be used.
enum ServiceWords {
    static func failing(_ error: Phrase, cure: Phrase) -> Phrase {
        Phrase(
            en: "\(error.en) — no card can be read — \(cure.en)",
            zh: "\(error.zh) — 无法读卡 — \(cure.zh)")
    }

    static let restart = Phrase(
        en: "restart it: systemctl restart pcscd.socket pcscd",
        zh: "请重启：systemctl restart pcscd.socket pcscd")

    static func notListening(_ socket: String, _ code: String) -> Phrase {
        Phrase(
            en: "nobody listens behind \(socket) (\(code)) — no card can be read — "
                + "restart it: systemctl restart pcscd.socket",
            zh: "\(socket) 后面没有程序在监听（\(code)）— 无法读卡 — "
                + "请重启：systemctl restart pcscd.socket")
    }

    static func forbidden(_ user: String, _ socket: String, _ code: String) -> Phrase {
        Phrase(
            en: "\(user) may not open \(socket) (\(code)) — its mode keeps this user out; "
                + "pcscd.socket makes it 0666 — see what changes it: systemctl cat pcscd.socket",
            zh: "\(user) 无权打开 \(socket)（\(code)）— 其权限模式不允许该用户；"
                + "pcscd.socket 会将其设为 0666 — 请查看改动来源：systemctl cat pcscd.socket")
    }

    static func refusedByPolkit(_ user: String, _ code: String, rule: String) -> Phrase {
        Phrase(
            en: "polkit does not let \(user) use card readers (\(code)) — a user without a "
                + "session needs a rule — write this line into "
                + "/etc/polkit-1/rules.d/50-pcsc-\(user).rules: \(rule)",
            zh: "polkit 不允许 \(user) 使用读卡器（\(code)）— 没有会话的用户需要一条规则 — "
                + "请将此行写入 /etc/polkit-1/rules.d/50-pcsc-\(user).rules：\(rule)")
    }

    static func notListed(_ error: Phrase, cure: Phrase) -> Phrase {
        Phrase(
            en: "the readers cannot be listed — \(error.en) — \(cure.en)",
            zh: "无法列出读卡器 — \(error.zh) — \(cure.zh)")
    }

    static let runDoctor = Phrase(
        en: "run kiosk-agent doctor", zh: "请运行 kiosk-agent doctor")
}
