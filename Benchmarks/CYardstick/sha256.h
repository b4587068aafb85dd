/* HMAC-SHA256, so that the yardstick signs its lines as the ledger does. */
#ifndef KIOSK_YARDSTICK_SHA256_H
#define KIOSK_YARDSTICK_SHA256_H

#include <stddef.h>
#include <stdint.h>

#define YARDSTICK_SHA256_LENGTH 32

/* Signs `length` bytes of `message` by a key of at most 64 bytes. */
void yardstick_hmac_sha256(
    const char *key, const uint8_t *message, size_t length,
    uint8_t code[YARDSTICK_SHA256_LENGTH]);

#endif
