/// Why a payment stands where it stands, in the contract's words.
public enum Reason: String, Sendable, CaseIterable {
    case cardLost = "card_lost"
    case cardUnknown = "card_unknown"
    case cardNotNormal = "card_not_normal"
    case cardUnreadable = "card_unreadable"
    case balanceTooLow = "balance_too_low"
    case platformRefused = "platform_refused"
    case platformUnreachable = "platform_unreachable"
    case platformProcessing = "platform_processing"
    case platformConflict = "platform_conflict"
    case platformChanged = "platform_changed"
    case platformForgot = "platform_forgot"
    case seqCollision = "seq_collision"
    case offlineDisabled = "offline_disabled"
    case offlinePaymentLimit = "offline_payment_limit"
    case offlineCardLimit = "offline_card_limit"
    case offlineTotalLimit = "offline_total_limit"
    case offlineTooOld = "offline_too_old"
    case offlineCardUnknown = "offline_card_unknown"
    case offlineListTooOld = "offline_list_too_old"
    case periodLimit = "period_limit"
    case codeNeedsPlatform = "code_needs_platform"
    case interrupted
    case storageFailed = "storage_failed"
    case cancelled
}
