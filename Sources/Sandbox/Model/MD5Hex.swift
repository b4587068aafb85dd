internal import Crypto

/// The MD5 of these bytes as 32 lower-case hex digits.
func md5Hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    var hex = ""
    for byte in Insecure.MD5.hash(data: bytes) {
        hex.append(digits[Int(byte >> 4)])
        hex.append(digits[Int(byte & 0x0F)])
    }
    return hex
}
