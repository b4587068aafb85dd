/// Which room may use which, as docs/architecture.md has it.
enum Rooms {
    /// A floor's rooms and what of ours each may import.
    static let mayImport: [String: Set<String>] = [
        "CPCSC": [], "CClock": [], "CInput": [], "CQREncode": [], "CProcess": [],
        "TerminalCore": ["CClock"],
        "Instruments": [],
        "CardReader": ["CPCSC", "TerminalCore"],
        "Scanner": ["CInput"],
        "QRCode": ["CQREncode"],
        "Systemd": [],
        "Machine": [],
        "OAuth": [],
        "Sealing": ["TerminalCore"],
        "Journal": ["Sealing", "TerminalCore"],
        "Ledger": ["Sealing", "TerminalCore", "GRDB"],
        "SovellPay": ["TerminalCore", "OAuth"],
        "SyncEngine": ["TerminalCore", "Instruments", "Ledger"],
        "TerminalAgent": [
            "TerminalCore", "CardReader", "Instruments", "Ledger", "Scanner", "SyncEngine",
        ],
        "LocalAPI": [
            "TerminalCore", "Instruments", "QRCode", "Journal", "Ledger", "SyncEngine",
            "TerminalAgent",
        ],
        "Settings": ["Sealing", "TerminalCore"],
        "kiosk-agent": [
            "CProcess", "CardReader", "Instruments", "Journal", "Ledger", "LocalAPI", "Machine",
            "OAuth", "Scanner", "Sealing", "Settings", "SovellPay", "SyncEngine", "Systemd",
            "TerminalAgent",
            "TerminalCore",
        ],
        "VirtualCard": [],
        "Sandbox": ["VirtualCard"],
        "kiosk-sandbox": ["Sandbox", "VirtualCard"],
        "TerminalTesting": ["TerminalCore", "CardReader", "Ledger", "Sealing", "SyncEngine"],
    ]

    /// Foreign modules that belong to one room only.
    private static let guarded: Set<String> = ["GRDB"]

    /// Rooms without a folder of tests, and why.
    static let untested = [
        "CPCSC": "headers only", "CClock": "headers only", "CInput": "headers only",
        "CQREncode": "headers only", "CProcess": "headers only",
        "kiosk-agent": "the composition root: EndToEndTests run the built program",
        "kiosk-sandbox": "a main function over Sandbox, which has tests",
        "TerminalTesting": "exists for the tests",
    ]

    /// What `room` imports against the floors; nil for a room that the table does not know.
    static func foreign(_ room: String, imports: Set<String>) -> Set<String>? {
        mayImport[room].map { allowed in
            imports.intersection(Set(mayImport.keys).union(guarded)).subtracting(allowed)
        }
    }
}
