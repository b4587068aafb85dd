@testable import CardReader
