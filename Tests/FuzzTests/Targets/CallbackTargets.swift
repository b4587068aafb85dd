@testable import OAuth

extension FuzzTarget {
    /// The addresses that a browser comes back to.
    static let callbacks = [
        FuzzTarget(
            name: "callbacks", share: 100,
            samples: [
                "https://kiosk.example/cb?code=c1&state=s1",
                "https://kiosk.example/cb?state=s1&x=&code=a%2Bb+c#top",
                "HTTPS://KIOSK.example:443/cb?code=%E7%A0%81&state=%731",
                "https://kiosk.example/cb#state=s1&access_token=t&access_expires_in=7200"
                    + "&refresh_token=r&refresh_expires_in=2592000&userid=10017",
            ].map { Array($0.utf8) }, verdict: callback)
    ]

    /// What is taken came to the right place, and brought something.
    @Sendable private static func callback(_ bytes: [UInt8]) -> Verdict {
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(TokenError) {
            let callback = try realShark.callback(text, state: "s1")
            guard text.lowercased().hasPrefix("https://kiosk.example") else {
                return .broken("it came to another place")
            }
            switch callback {
            case .code(let code): return code.exposed.isEmpty ? .broken("no code") : .taken
            case .token(let token): return sound(token)
            }
        } catch {
            return told(error)
        }
    }

    /// The moments in headers.
    static let dates = [
        FuzzTarget(
            name: "dates", share: 60, samples: [Array("Sun, 06 Nov 1994 08:49:37 GMT".utf8)]
        ) { bytes in
            guard let time = HTTPDate.milliseconds(String(decoding: bytes, as: UTF8.self)) else {
                return .refused
            }
            // Up to the last second, a leap second, of the year 9999.
            return (0...253_402_300_800_000).contains(time) ? .taken : .broken("\(time)")
        }
    ]
}
