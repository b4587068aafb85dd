/// One thing done wrong on purpose, to prove that the checks can fail.
public enum Sabotage: String, CaseIterable, Sendable {
    /// The client says "charged" without asking anybody.
    case claimsCharge
    /// The client says "undone" without asking anybody.
    case claimsReversal
    /// The client posts although the card was reported lost.
    case ignoresLoss
    /// The client posts an order where it should only ask for it.
    case sendsInsteadOfAsking
    /// The client says "no such order" without asking anybody.
    case claimsAbsence
    /// The client posts once more before it undoes.
    case sendsWhatIsWithdrawn
    /// The client posts a while after its last look at the row.
    case looksAway
    /// The client undoes while its POST is under way.
    case reversesEarly
    /// The platform takes the money again for an order that it has already.
    case chargesAgain
    /// The platform says "closed" and keeps the money.
    case keepsRefunds
    /// A crash loses the last thing that was committed.
    case forgetsCommits
    /// The agent's limits are not those that were configured.
    case widensLimits
    /// The agent lets the payer wait longer than configured.
    case waitsTooLong
    /// Nobody ever works off what is owed.
    case neverForwards
    /// Orders of other terminals are undone.
    case reversesStrangers
    /// The client delivers a payment by code once more when its order is not there.
    case triesCodesAgain
    /// The HTTP client sends an order once more after an error.
    case repeatsOrders
    /// The agent takes a code for the number of a card, which may pay offline.
    case takesCodesForCards

    /// The rule that it breaks.
    public var rule: Rule {
        switch self {
        case .claimsCharge: .approvedIsCharged
        case .claimsReversal, .keepsRefunds: .declinedIsNotCharged
        case .ignoresLoss: .lostCardRefused
        case .sendsInsteadOfAsking: .markedBeforeSent
        case .claimsAbsence: .askedBeforeSentAgain
        case .sendsWhatIsWithdrawn, .looksAway: .withdrawnIsNotSent
        case .reversesEarly: .reversedAfterSending
        case .chargesAgain: .chargedOnce
        case .forgetsCommits: .wordsAgree
        case .widensLimits: .limitsHold
        case .waitsTooLong: .answeredInTime
        case .neverForwards: .nothingStaysOwed
        case .reversesStrangers: .strangersUntouched
        case .triesCodesAgain: .codeIsExchangedOnce
        case .repeatsOrders: .codeIsPostedOnce
        case .takesCodesForCards: .codeNeedsPlatform
        }
    }
}
