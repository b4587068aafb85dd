/// What the engine may do about a payment, as configured.
public struct DeliveryRules: Hashable, Sendable {
    /// What happens to an accepted payment whose card turns out lost.
    public enum LostCard: Hashable, Sendable {
        /// It waits for an operator.
        case hold
        /// It is submitted all the same.
        case submit
    }

    public var lostCard: LostCard
    /// How many payments are delivered at once.
    public var concurrency: Int
    public var retryMin: Duration
    public var retryMax: Duration
    /// How long a POST may still surface after it was last on its way.
    public var lateArrival: Duration
    /// After this a 404 no longer proves that nothing was charged.
    public var orderMemory: Duration
    /// How long an order may stay unfinished at the platform before an operator looks at it:
    /// its life of 300 s and a minute more.
    public var processingMax: Duration

    public init(
        lostCard: LostCard = .hold, concurrency: Int = 8, retryMin: Duration = .seconds(1),
        retryMax: Duration = .seconds(300), lateArrival: Duration = .seconds(300),
        orderMemory: Duration = .seconds(30 * 86_400), processingMax: Duration = .seconds(360)
    ) {
        self.lostCard = lostCard
        self.concurrency = concurrency
        self.retryMin = retryMin
        self.retryMax = retryMax
        self.lateArrival = lateArrival
        self.orderMemory = orderMemory
        self.processingMax = processingMax
    }
}
