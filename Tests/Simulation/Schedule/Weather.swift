import OAuth

/// What the network does to calls for a while.
enum Weather: Hashable {
    case fine
    /// Each call has a fault with this probability, in percent.
    case rough(Int)
    /// No connection is made.
    case down
    /// Connections are made, and nothing ever comes back.
    case silent
    /// A captive portal answers everything with a page of its own.
    case portal
    /// The platform says a definite "no" to every order: a wrong key, a wrong app.
    case wrongKey
}

/// What can happen to one call.
enum Fault: String, CaseIterable {
    /// No connection.
    case refused
    /// The connection breaks before the platform has the request.
    case resetBefore
    /// The platform does the work, its answer is lost.
    case resetAfter
    /// Nothing ever comes back, and nothing arrives.
    case hang
    /// It arrives long after the caller gave up.
    case late
    /// 5xx, nothing done.
    case serverError
    /// 5xx, and yet the work is done.
    case serverErrorAfter
    /// 429 with `Retry-After`.
    case tooMany
    /// 200 with a page that is no JSON.
    case nonsense
    case unauthorised
    /// The answer is cut off.
    case truncated
    /// A proxy sends it twice.
    case repeated
    /// It takes nearly as long as the caller waits, or a little longer.
    case slow
}

/// How one call fares on its way.
struct Passage {
    enum Answer {
        case platforms
        case lost
        /// Only the first half of it.
        case truncated
        case other(WireResponse)
    }

    /// For the trace; empty when nothing is unusual.
    var name = ""
    var isRefused = false
    /// Whether the platform gets the request.
    var arrives = true
    var arrivesTwice = false
    /// From the caller to the platform.
    var there: Duration
    /// From the platform to the caller.
    var back: Duration
    var answer = Answer.platforms
}
