#define _GNU_SOURCE
#include "CYardstick.h"
#include "http.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { VISITORS_MAX = 256, VALUE_MAX = 128, BODY_MAX = 1024, BACKLOG = 64 };

struct yardstick_platform {
    int socket;
    uint16_t port;
    int64_t delay_us;
    pthread_t door;
    pthread_mutex_t lock;
    pthread_cond_t left;
    /* The sockets of the connections; -1 is a free place. */
    int visitors[VISITORS_MAX];
    int visitors_count;
    size_t orders_max;
    int64_t *moments;
    atomic_size_t orders;
    atomic_llong processor_ns;
};

typedef struct {
    yardstick_platform *platform;
    int place, socket;
} visitor;

static int64_t nanoseconds(clockid_t clock) {
    struct timespec time;
    clock_gettime(clock, &time);
    return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

/* A card's token is its number, so that no table is needed to know it again. */
static int token(const char *request, char *body, size_t max) {
    char card[VALUE_MAX] = "terminal";
    /* The slash may be written as it is: both are a form. */
    if (!yardstick_http_find(request, "code=card%2F", "& \r\n", card, sizeof card))
        yardstick_http_find(request, "code=card/", "& \r\n", card, sizeof card);
    return snprintf(
        body, max,
        "{\"access_token\":\"%s\",\"token_type\":\"bearer\",\"refresh_token\":\"none\","
        "\"expires_in\":7200,\"scope\":\"pass:payment openid\",\"sub\":\"bench\","
        "\"roles\":\"ROLE_USER\",\"card\":\"%s\"}",
        card, card);
}

static int trade(yardstick_platform *platform, const char *request, char *body, size_t max) {
    char card[VALUE_MAX] = "", seq[VALUE_MAX] = "", fen[VALUE_MAX] = "";
    yardstick_http_find(request, "Authorization: Bearer ", "\r\n", card, sizeof card);
    /* With and without a space behind the colon. */
    if (!yardstick_http_find(request, "\"seq\":\"", "\"", seq, sizeof seq))
        yardstick_http_find(request, "\"seq\": \"", "\"", seq, sizeof seq);
    yardstick_http_find(request, "\"pay ", "\"", fen, sizeof fen);
    int length = snprintf(
        body, max,
        "{\"seq\":\"%s\",\"trade_id\":\"%s\",\"create_time\":%" PRId64 ",\"status\":\"normal\","
        "\"detail\":[{\"card\":\"%s\",\"amount\":%" PRId64 ",\"balance\":100000}]}",
        seq, seq, nanoseconds(CLOCK_REALTIME) / 1000000, card, (int64_t)atoll(fen));
    size_t order = atomic_fetch_add(&platform->orders, 1);
    if (order < platform->orders_max)
        platform->moments[order] = nanoseconds(CLOCK_MONOTONIC);
    return length;
}

static int answer(yardstick_platform *platform, int socket, const char *request) {
    char body[BODY_MAX], text[2 * BODY_MAX];
    const char *status = "200 OK";
    int length = 0;
    if (strncmp(request, "POST /oauth/v2/token", 20) == 0)
        length = token(request, body, sizeof body);
    else if (strncmp(request, "POST /sovellpay/v2/trade", 24) == 0)
        length = trade(platform, request, body, sizeof body);
    else
        status = "404 Not Found";
    int total = snprintf(
        text, sizeof text,
        "HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%.*s", status,
        length, length, body);
    return yardstick_http_write(socket, text, (size_t)total);
}

static void wait_on_the_way(int64_t delay_us) {
    struct timespec delay = {delay_us / 1000000, delay_us % 1000000 * 1000};
    if (delay_us > 0) nanosleep(&delay, NULL);
}

static void leave(visitor *visitor) {
    yardstick_platform *platform = visitor->platform;
    pthread_mutex_lock(&platform->lock);
    close(visitor->socket);
    platform->visitors[visitor->place] = -1;
    platform->visitors_count--;
    pthread_cond_signal(&platform->left);
    pthread_mutex_unlock(&platform->lock);
    free(visitor);
}

static void *serve(void *argument) {
    visitor *visitor = argument;
    yardstick_platform *platform = visitor->platform;
    yardstick_message *message = calloc(1, sizeof *message);
    int64_t spent = 0;
    while (message && yardstick_http_read(visitor->socket, message)) {
        wait_on_the_way(platform->delay_us);
        if (!answer(platform, visitor->socket, message->text)) break;
        int64_t now = nanoseconds(CLOCK_THREAD_CPUTIME_ID);
        atomic_fetch_add(&platform->processor_ns, now - spent);
        spent = now;
    }
    free(message);
    leave(visitor);
    return NULL;
}

/* Gives the connection a thread of its own; closes it when there is no place. */
static void welcome(yardstick_platform *platform, int socket) {
    int yes = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    visitor *guest = malloc(sizeof *guest);
    int place = 0;
    pthread_t thread;
    pthread_mutex_lock(&platform->lock);
    while (place < VISITORS_MAX && platform->visitors[place] >= 0) place++;
    if (guest && place < VISITORS_MAX) {
        *guest = (visitor){.platform = platform, .place = place, .socket = socket};
        if (pthread_create(&thread, NULL, serve, guest) == 0) {
            pthread_detach(thread);
            platform->visitors[place] = socket;
            platform->visitors_count++;
            guest = NULL;
        }
    }
    pthread_mutex_unlock(&platform->lock);
    if (!guest) return;
    free(guest);
    close(socket);
}

static void *stand_at_the_door(void *argument) {
    yardstick_platform *platform = argument;
    for (;;) {
        int socket = accept4(platform->socket, NULL, NULL, SOCK_CLOEXEC);
        if (socket < 0) return NULL;
        welcome(platform, socket);
    }
}

/* Listens on a port that the kernel chooses. */
static int listen_on_loopback(yardstick_platform *platform) {
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    platform->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (platform->socket < 0
        || bind(platform->socket, (struct sockaddr *)&address, sizeof address) != 0
        || listen(platform->socket, BACKLOG) != 0
        || getsockname(platform->socket, (struct sockaddr *)&address, &length) != 0)
        return 0;
    platform->port = ntohs(address.sin_port);
    return 1;
}

yardstick_platform *yardstick_platform_open(int64_t delay_us, size_t orders_max) {
    yardstick_platform *platform = calloc(1, sizeof *platform);
    if (!platform) return NULL;
    platform->delay_us = delay_us;
    platform->orders_max = orders_max;
    platform->moments = calloc(orders_max + 1, sizeof *platform->moments);
    for (int place = 0; place < VISITORS_MAX; place++) platform->visitors[place] = -1;
    pthread_mutex_init(&platform->lock, NULL);
    pthread_cond_init(&platform->left, NULL);
    if (platform->moments && listen_on_loopback(platform)
        && pthread_create(&platform->door, NULL, stand_at_the_door, platform) == 0)
        return platform;
    if (platform->socket >= 0) close(platform->socket);
    free(platform->moments);
    free(platform);
    return NULL;
}

uint16_t yardstick_platform_port(const yardstick_platform *platform) { return platform->port; }

size_t yardstick_platform_orders(yardstick_platform *platform) {
    return atomic_load(&platform->orders);
}

int64_t yardstick_platform_moment(const yardstick_platform *platform, size_t order) {
    return order < platform->orders_max ? platform->moments[order] : 0;
}

int64_t yardstick_platform_processor_ns(yardstick_platform *platform) {
    return atomic_load(&platform->processor_ns);
}

void yardstick_platform_close(yardstick_platform *platform) {
    shutdown(platform->socket, SHUT_RDWR);
    pthread_join(platform->door, NULL);
    close(platform->socket);
    pthread_mutex_lock(&platform->lock);
    for (int place = 0; place < VISITORS_MAX; place++)
        if (platform->visitors[place] >= 0) shutdown(platform->visitors[place], SHUT_RDWR);
    while (platform->visitors_count > 0) pthread_cond_wait(&platform->left, &platform->lock);
    pthread_mutex_unlock(&platform->lock);
    pthread_mutex_destroy(&platform->lock);
    pthread_cond_destroy(&platform->left);
    free(platform->moments);
    free(platform);
}
