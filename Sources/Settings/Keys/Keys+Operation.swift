internal import Sealing
internal import TerminalCore

extension Keys {
    enum Sync {
        static let concurrency = Key(
            "sync.concurrency", .integer(1...64), default: "8",
            about: "how many different cards are forwarded in parallel")
        static let retryMin = Key(
            "sync.retry_min", .duration("100ms", "1h"), default: "1s", .reloadable,
            about: "the shortest wait before a repetition")
        static let retryMax = Key(
            "sync.retry_max", .duration("100ms", "1d"), default: "5m", .reloadable,
            about: "the longest wait before a repetition")
        static let lateArrival = Key(
            "sync.late_arrival", .duration("1s", "1d"), default: "5m", .reloadable,
            about: "how long a request may still surface after it was last on its way")
        static let orderMemory = Key(
            "sync.order_memory", .duration("1h", "3650d"), default: "30d", .reloadable,
            about: "after this a 404 no longer proves that nothing was charged")

        static let rows = [
            concurrency.row, retryMin.row, retryMax.row, lateArrival.row, orderMemory.row,
        ]
    }

    enum Ledger {
        static let path = Key(
            "ledger.path", .path(), default: "/var/lib/kiosk-agent/ledger.sqlite",
            about: "the file with every payment")
        static let mirror = Key<String?>(
            "ledger.mirror", as: .orNull(.path()), default: "null",
            about: "a directory on a second medium for a copy of each accepted payment")
        static let mirrorRequired = Key(
            "ledger.mirror_required", .boolean, default: "false",
            about: "no offline payments while the mirror cannot be written")
        static let recoveryKey = Key<RecoveryKey?>(
            "ledger.recovery_key", as: .orNull(.recoveryKey), default: "null",
            about: "a public key of X25519; its owner can open the card numbers, too")
        static let dataKey = Key<Secret?>(
            "ledger.data_key", as: .orNull(.secret), default: "null", .secret,
            credential: "data_key",
            about: "seals card numbers and signs the history; null = client_secret signs only")
        static let keep = Key(
            "ledger.keep", .duration("1d", "3650d"), default: "400d",
            about: "closed payments unchanged for so long are archived")

        static let rows = [
            path.row, mirror.row, mirrorRequired.row, recoveryKey.row, dataKey.row, keep.row,
        ]
    }

    enum API {
        /// The longest path that a Unix socket's address holds, less its end mark.
        static let socketPathMax = 107

        static let listen = Key(
            "api.listen", .loopback, default: "127.0.0.1:7717",
            about: "where the local interface listens; this machine only")
        static let socket = Key(
            "api.socket", .path(lengthMax: socketPathMax), default: "/run/kiosk-agent/api.sock",
            about: "the Unix socket of the local interface")
        static let allowedOrigins = Key<[String]>(
            "api.allowed_origins", as: .list(.origin, countMax: 32), default: "[]",
            about: "web pages that may use the local interface, besides its own")
        static let operatorToken = Key<Secret?>(
            "api.operator_token", as: .orNull(.secret), default: "null", .secret,
            credential: "operator_token", about: "what operator calls prove themselves with")
        static let operatorTokenFile = Key(
            "api.operator_token_file", .path(), default: "/etc/kiosk-agent/operator_token",
            about: "where the commands find the operator token")

        static let rows = [
            listen.row, socket.row, allowedOrigins.row, operatorToken.row, operatorTokenFile.row,
        ]
    }
}
