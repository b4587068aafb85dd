public import OAuth

/// What belongs to the holder of a token. A person's token is needed, not the terminal's.
extension SovellPay {
    /// Asks for the holder's accounts: `[{name, group_id, id, account_id, status}]`, all texts.
    public static func accounts(_ baseURL: String) -> WireRequest {
        WireRequest(.get, baseURL + "/sovellpay/v2/accounts")
    }

    /// Asks for a page of the holder's vouchers; the answer's `X-Total-Count` tells how many there
    /// are in all.
    public static func vouchers(_ baseURL: String, skip: Int, limit: Int) -> WireRequest {
        WireRequest(.get, baseURL + "/sovellpay/v2/props?skip=\(skip)&limit=\(limit)")
    }
}
