/* What both ends of the yardstick's HTTP share: whole messages with a Content-Length. */
#ifndef KIOSK_YARDSTICK_HTTP_H
#define KIOSK_YARDSTICK_HTTP_H

#include <stddef.h>

enum { YARDSTICK_MESSAGE_MAX = 8192 };

typedef struct {
    char text[YARDSTICK_MESSAGE_MAX];
    /* How many bytes there are, and how many belong to the message. */
    size_t length, whole;
} yardstick_message;

/* Reads until the message is whole; `text` then ends in 0, bytes behind the message wait for the
   next call. Returns 0 at the end of the connection, or for a message that is too long. */
int yardstick_http_read(int socket, yardstick_message *message);

/* Sends it all. Returns 0 when that fails. */
int yardstick_http_write(int socket, const char *text, size_t length);

/* Copies what follows the mark `name`, up to one of `ends`, cut to `max` bytes with their 0.
   Returns 0 when the mark is not there. */
int yardstick_http_find(
    const char *text, const char *name, const char *ends, char *value, size_t max);

#endif
