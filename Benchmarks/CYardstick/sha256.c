#include "sha256.h"

#include <string.h>

/* By FIPS 180-4 and RFC 2104. A ledger of the agent checks it: the rows of both are compared. */

enum { BLOCK = 64, LENGTH_AT = BLOCK - 8, ROUNDS = 64 };

typedef struct {
    uint32_t state[8];
    uint8_t block[BLOCK];
    uint64_t bytes;
} sha256;

static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static const uint32_t beginning[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static uint32_t turn(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

static void mix(sha256 *hash) {
    uint32_t words[ROUNDS], *h = hash->state;
    for (int i = 0; i < 16; i++) {
        const uint8_t *b = &hash->block[4 * i];
        words[i] = (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
    }
    for (int i = 16; i < ROUNDS; i++) {
        uint32_t far = words[i - 15], near = words[i - 2];
        words[i] = words[i - 16] + (turn(far, 7) ^ turn(far, 18) ^ far >> 3) + words[i - 7]
            + (turn(near, 17) ^ turn(near, 19) ^ near >> 10);
    }
    uint32_t a = h[0], b = h[1], c = h[2], d = h[3], e = h[4], f = h[5], g = h[6], last = h[7];
    for (int i = 0; i < ROUNDS; i++) {
        uint32_t up = last + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g))
            + constants[i] + words[i];
        uint32_t down = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        last = g, g = f, f = e, e = d + up;
        d = c, c = b, b = a, a = up + down;
    }
    const uint32_t more[8] = {a, b, c, d, e, f, g, last};
    for (int i = 0; i < 8; i++) h[i] += more[i];
}

static void begin(sha256 *hash) {
    memcpy(hash->state, beginning, sizeof beginning);
    hash->bytes = 0;
}

static void add(sha256 *hash, const uint8_t *bytes, size_t length) {
    while (length > 0) {
        size_t at = hash->bytes % BLOCK, part = BLOCK - at < length ? BLOCK - at : length;
        memcpy(&hash->block[at], bytes, part);
        hash->bytes += part;
        bytes += part;
        length -= part;
        if (hash->bytes % BLOCK == 0) mix(hash);
    }
}

static void end(sha256 *hash, uint8_t digest[YARDSTICK_SHA256_LENGTH]) {
    static const uint8_t padding[BLOCK] = {0x80};
    uint8_t bits[8];
    for (int i = 0; i < 8; i++) bits[i] = (uint8_t)(hash->bytes * 8 >> (56 - 8 * i));
    size_t at = hash->bytes % BLOCK;
    add(hash, padding, at < LENGTH_AT ? LENGTH_AT - at : BLOCK + LENGTH_AT - at);
    add(hash, bits, sizeof bits);
    for (int i = 0; i < YARDSTICK_SHA256_LENGTH; i++)
        digest[i] = (uint8_t)(hash->state[i / 4] >> (24 - 8 * (i % 4)));
}

void yardstick_hmac_sha256(
    const char *key, const uint8_t *message, size_t length,
    uint8_t code[YARDSTICK_SHA256_LENGTH]) {
    uint8_t inner[BLOCK] = {0}, outer[BLOCK];
    memcpy(inner, key, strlen(key));
    for (int i = 0; i < BLOCK; i++) {
        outer[i] = inner[i] ^ 0x5c;
        inner[i] ^= 0x36;
    }
    sha256 hash;
    begin(&hash);
    add(&hash, inner, BLOCK);
    add(&hash, message, length);
    end(&hash, code);
    begin(&hash);
    add(&hash, outer, BLOCK);
    add(&hash, code, YARDSTICK_SHA256_LENGTH);
    end(&hash, code);
}
