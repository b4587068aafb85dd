#define _GNU_SOURCE
#include "http.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/* The length of the message at the beginning; 0 while its head is not whole. */
static size_t whole_length(const yardstick_message *message) {
    const char *end = memmem(message->text, message->length, "\r\n\r\n", 4);
    if (!end) return 0;
    size_t head = (size_t)(end - message->text) + 4;
    static const char name[] = "\r\nContent-Length:";
    for (const char *at = message->text; at + sizeof name <= end; at++)
        if (strncasecmp(at, name, sizeof name - 1) == 0)
            return head + strtoul(at + sizeof name - 1, NULL, 10);
    return head;
}

int yardstick_http_read(int socket, yardstick_message *message) {
    /* Goes on with what was read beyond the message before. */
    message->length -= message->whole;
    memmove(message->text, message->text + message->whole, message->length);
    message->whole = 0;
    for (;;) {
        size_t whole = whole_length(message);
        if (whole >= sizeof message->text) return 0;
        if (whole > 0 && message->length >= whole) {
            message->whole = whole;
            /* One message at a time is under way, so nothing stands behind it. */
            message->text[message->length] = 0;
            return 1;
        }
        size_t room = sizeof message->text - 1 - message->length;
        ssize_t count = recv(socket, message->text + message->length, room, 0);
        if (count <= 0) return 0;
        message->length += (size_t)count;
    }
}

int yardstick_http_write(int socket, const char *text, size_t length) {
    while (length > 0) {
        ssize_t count = send(socket, text, length, MSG_NOSIGNAL);
        if (count <= 0) return 0;
        text += count;
        length -= (size_t)count;
    }
    return 1;
}

int yardstick_http_find(
    const char *text, const char *name, const char *ends, char *value, size_t max) {
    const char *at = strcasestr(text, name);
    if (!at) return 0;
    at += strlen(name);
    size_t length = strcspn(at, ends);
    if (length >= max) length = max - 1;
    memcpy(value, at, length);
    value[length] = 0;
    return 1;
}
