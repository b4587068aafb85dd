import Testing

@testable import CardReader

@Suite("Why pcscd cannot be used")
struct ServiceTroubleTests {
    @Test(
        "the error, the socket and polkit together tell which trouble it is",
        arguments: [
            (.noService, .absent, false, .absent),
            (.noService, .absent, true, .absent),
            (.noService, .forbidden, false, .forbidden),
            (.noService, .forbidden, true, .forbidden),
            (.noService, .granted, false, .notListening),
            (.noService, .granted, true, .notListening),
            (.communication, .granted, true, .refusedByPolkit),
            (.communication, .granted, false, .failing),
            (.securityViolation, .granted, true, .refusedByPolkit),
            (.securityViolation, .granted, false, .refusedByPolkit),
            (.serviceStopped, .granted, true, .failing),
            (.timeout, .granted, true, .failing),
        ] as [(PCSCError, ServiceTrouble.Access, Bool, ServiceTrouble)])
    func table(
        error: PCSCError, access: ServiceTrouble.Access, asksPolkit: Bool, expected: ServiceTrouble
    ) {
        #expect(ServiceTrouble(error, access: access, asksPolkit: asksPolkit) == expected)
    }
}
