/// What the unit must be told of sealed credentials, as by itself it looks for plain ones.
struct UnitDropIn {
    /// Setup alone writes it, and removes it when nothing is sealed any more.
    static let path = "/etc/systemd/system/kiosk-agent.service.d/credentials.conf"

    /// The names of the sealed credentials.
    let sealed: [String]

    /// The file. The names are those of the unit's own lines, which they replace.
    var text: String {
        let head = """
            # Written by kiosk-agent setup: these credentials are sealed for this machine.
            [Service]

            """
        return head
            + sealed.map { "LoadCredentialEncrypted=\($0):kiosk-agent.\($0)\n" }.joined()
    }
}
