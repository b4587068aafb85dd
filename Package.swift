// swift-tools-version: 6.2
import PackageDescription

/// The same strict settings for every Swift target; see CONTRIBUTING.md for what each one buys.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let arguments = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals = Target.Dependency.product(
    name: "UnixSignals", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(
    name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")

/// A Swift target of the agent with the strict settings.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of one room.
func suite(_ room: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: room + "Tests", dependencies: [.target(name: room)] + dependencies,
        swiftSettings: strict)
}

let package = Package(
    name: "kiosk-agent",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .target(name: "CPCSC", linkerSettings: [.linkedLibrary("pcsclite")]),
        .target(name: "CClock"),
        .target(name: "CInput"),
        .target(name: "CProcess"),
        .target(name: "CQREncode", linkerSettings: [.linkedLibrary("qrencode")]),
        room("TerminalCore", ["CClock"]),
        room("Instruments"),
        room("CardReader", ["CPCSC", "TerminalCore"]),
        room("Scanner", ["CInput"]),
        room("QRCode", ["CQREncode"]),
        room("Systemd"),
        room("Machine"),
        room("OAuth", [crypto, cryptoExtras, httpClient, nioCore, nioHTTP1, nioPosix]),
        room("SovellPay", ["OAuth", "TerminalCore", crypto]),
        room("Sealing", ["TerminalCore", crypto]),
        room("Journal", ["Sealing", "TerminalCore", crypto]),
        room("Ledger", ["Sealing", "TerminalCore", crypto, grdb, sqlite]),
        room("SyncEngine", ["Instruments", "Ledger", "TerminalCore"]),
        .target(
            name: "LocalAPI",
            dependencies: [
                "Instruments", "Journal", "Ledger", "QRCode", "SyncEngine", "TerminalAgent",
                "TerminalCore", httpTypes, hummingbird, hummingbirdCore, lifecycle, logging,
                nioCore, nioHTTP1, nioHTTPTypes,
            ],
            resources: [.embedInCode("Web")], swiftSettings: strict),
        room("Settings", ["Sealing", "TerminalCore", yams]),
        .executableTarget(
            name: "kiosk-agent",
            dependencies: [
                "CProcess", "CardReader", "Instruments", "Journal", "Ledger", "LocalAPI",
                "Machine", "OAuth", "Scanner", "Sealing", "Settings", "SovellPay", "SyncEngine",
                "Systemd", "TerminalAgent", "TerminalCore", arguments, crypto, httpClient,
                lifecycle, logging, nioCore, nioHTTP1, nioPosix, nioSSL, unixSignals,
            ],
            swiftSettings: strict),
        room("VirtualCard"),
        room(
            "Sandbox",
            [
                "VirtualCard", crypto, cryptoExtras, hummingbird, hummingbirdCore, httpTypes,
                lifecycle, logging, nioCore,
            ]),
        .executableTarget(
            name: "kiosk-sandbox",
            dependencies: ["Sandbox", arguments, lifecycle, logging, unixSignals],
            swiftSettings: strict),
        room(
            "TerminalAgent",
            ["CardReader", "Instruments", "Ledger", "Scanner", "SyncEngine", "TerminalCore"]),
        room(
            "TerminalTesting",
            ["CardReader", "Ledger", "Sealing", "SyncEngine", "TerminalCore"]),
        .target(
            name: "CountingVFS", path: "Tests/CountingVFS",
            linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "FaultVFS", path: "Tests/FaultVFS",
            linkerSettings: [.linkedLibrary("sqlite3")]),
        .target(
            name: "CYardstick", dependencies: ["CClock", "CPCSC"],
            path: "Benchmarks/CYardstick",
            linkerSettings: [.linkedLibrary("sqlite3"), .linkedLibrary("pcsclite")]),
        .target(name: "PeakBooks", path: "Benchmarks/PeakBooks", swiftSettings: strict),
        .executableTarget(
            name: "kiosk-bench",
            dependencies: [
                "CYardstick", "CardReader", "Ledger", "OAuth", "PeakBooks", "SovellPay",
                "SyncEngine", "TerminalAgent", "TerminalCore", "TerminalTesting", "VirtualCard",
                arguments, httpClient, nioCore, nioHTTP1, nioPosix, unixSignals,
            ],
            path: "Benchmarks/kiosk-bench", swiftSettings: strict),
        .target(
            name: "Simulation",
            dependencies: [
                "CardReader", "Ledger", "OAuth", "Scanner", "Sealing", "SovellPay", "SyncEngine",
                "TerminalAgent", "TerminalCore", "TerminalTesting", grdb,
            ],
            path: "Tests/Simulation", swiftSettings: strict),
        .executableTarget(
            name: "kiosk-simulator", dependencies: ["Simulation", arguments],
            path: "Tests/kiosk-simulator", swiftSettings: strict),
        suite("Simulation"),
        suite("TerminalCore", ["TerminalTesting"]),
        suite("Instruments", ["TerminalTesting"]),
        suite("CardReader", ["TerminalCore"]),
        suite("Scanner", ["CInput", "TerminalTesting"]),
        suite("QRCode"),
        suite("Machine", ["TerminalTesting"]),
        suite("Systemd", ["TerminalTesting"]),
        suite("OAuth", ["TerminalTesting", nioCore, nioEmbedded]),
        suite("Sealing", ["TerminalCore"]),
        suite("Ledger", ["CountingVFS", "Sealing", "TerminalCore", "TerminalTesting", grdb]),
        suite("Journal", ["Ledger", "Sealing", "TerminalCore", "TerminalTesting", grdb]),
        suite("SovellPay", ["OAuth", "TerminalCore", "TerminalTesting", crypto]),
        suite("SyncEngine", ["Instruments", "Ledger", "TerminalCore", "TerminalTesting", grdb]),
        suite(
            "TerminalAgent",
            [
                "CardReader", "Instruments", "Ledger", "Scanner", "SyncEngine", "TerminalCore",
                "TerminalTesting", grdb,
            ]),
        suite(
            "LocalAPI",
            [
                "CardReader", "Instruments", "Journal", "Ledger", "QRCode", "SyncEngine",
                "TerminalAgent", "TerminalCore", "TerminalTesting", httpClient, httpTypes,
                hummingbird, hummingbirdCore, lifecycle, logging, nioCore, nioEmbedded, nioHTTP1,
                nioHTTPTypes,
            ]),
        suite("Settings", ["Sealing", "TerminalCore"]),
        suite("Sandbox", [crypto, cryptoExtras, logging]),
        suite("VirtualCard"),
        suite("PeakBooks"),
        .testTarget(name: "StyleTests", swiftSettings: strict),
        .testTarget(
            name: "FuzzTests",
            dependencies: [
                "CardReader", "Journal", "OAuth", "QRCode", "Scanner", "Sealing", "Settings",
                "SovellPay", "TerminalCore", "TerminalTesting",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "StorageTests",
            dependencies: ["FaultVFS", "Ledger", "TerminalCore", "TerminalTesting", grdb],
            swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "CardReader", "OAuth", "QRCode", "Sandbox", "TerminalCore", "TerminalTesting",
                "VirtualCard", "kiosk-agent", "kiosk-sandbox", grdb, httpClient, logging, nioCore,
                nioHTTP1, nioPosix, nioSSL,
            ],
            swiftSettings: strict),
    ]
)
