/// What must hold, whatever happens.
public enum Rule: String, CaseIterable, Sendable {
    case approvedIsCharged = "who was told yes is charged once, or an operator sees why not"
    case declinedIsNotCharged = "who was told no, or never anything, is not charged in the end"
    case wordsAgree = "nobody is told two things, and what is told is on disk"
    case totalsAgree = "the platform's charges are the ledger's settled payments"
    case chargedOnce = "no payment is charged twice, under whatever order number"
    case lostCardRefused = "a lost card pays neither online nor offline"
    case limitsHold = "what is approved offline never exceeds a limit"
    case historyIsWhole = "each change of state is legal and has one line of history"
    case markedBeforeSent = "no POST leaves without a committed mark"
    case askedBeforeSentAgain = "what may have been sent is asked for before it is sent again"
    /// A withdrawal at the very moment of the last look at the row comes too late for that POST.
    case withdrawnIsNotSent = "no POST begins once its payment is withdrawn"
    case reversedAfterSending = "a DELETE waits for the end of its payment's POST"
    case answeredInTime = "a payer has an answer within the deadline"
    case nothingStaysOwed = "with a fine network everything owed is brought to an end"
    case strangersUntouched = "an order of another terminal is left alone"
    case codeIsExchangedOnce = "a code leaves for the platform once each time it is given"
    case codeIsPostedOnce = "a payment by code is posted once at most, and a code pays one order"
    case codeNeedsPlatform = "a payment by code is never approved without the platform"
    case worldEnds = "the simulation itself comes to an end"
}

/// A rule that did not hold.
public struct Violation: Hashable, Sendable {
    public var rule: Rule
    public var what: String
}
