/// What the documents of the platform leave open, one way for each scenario.
struct PlatformHabits {
    /// A card without money: a 402 without an order, or an order that failed.
    let shortBalanceMakesOrder: Bool
    /// How many orders in 100 are worked on for a while before they are paid.
    let processing: Int
    /// How many refunds in 100 take a while.
    let slowRefunds: Int
    /// How many payments in 100 are partly paid by a voucher.
    let vouchers: Int
    /// Seconds.
    let tokenLife: Int

    init(_ dice: inout Dice) {
        shortBalanceMakesOrder = dice.chance(50)
        processing = dice.pick([0, 0, 10, 50])
        slowRefunds = dice.pick([0, 0, 50])
        vouchers = dice.pick([0, 20])
        tokenLife = dice.pick([20, 130, 7_199])
    }
}
