#include "CYardstick.h"
#include "http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BODY_MAX = 512, TEXT_MAX = 2048, TOKEN_MAX = 128 };

struct yardstick_client {
    int socket;
    uint16_t port;
    yardstick_message answer;
};

yardstick_client *yardstick_client_open(uint16_t port) {
    yardstick_client *client = calloc(1, sizeof *client);
    if (!client) return NULL;
    const struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int yes = 1;
    client->port = port;
    client->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (client->socket >= 0
        && connect(client->socket, (const struct sockaddr *)&address, sizeof address) == 0
        && setsockopt(client->socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) == 0)
        return client;
    yardstick_client_close(client);
    return NULL;
}

static int post(
    yardstick_client *client, const char *path, const char *headers, const char *body) {
    char text[TEXT_MAX];
    int length = snprintf(
        text, sizeof text,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\n%sContent-Length: %zu\r\n\r\n%s", path,
        (unsigned)client->port, headers, strlen(body), body);
    return length > 0 && length < (int)sizeof text
        && yardstick_http_write(client->socket, text, (size_t)length)
        && yardstick_http_read(client->socket, &client->answer)
        && strncmp(client->answer.text, "HTTP/1.1 200", 12) == 0;
}

int yardstick_client_pay(yardstick_client *client, const char *card, const char *order) {
    char body[BODY_MAX], headers[BODY_MAX], token[TOKEN_MAX];
    snprintf(
        body, sizeof body,
        "grant_type=offline_cert&code=card%%2F%s&client_id=" YARDSTICK_CLIENT
        "&client_secret=" YARDSTICK_CLIENT,
        card);
    if (!post(
            client, "/oauth/v2/token", "Content-Type: application/x-www-form-urlencoded\r\n", body)
        || !yardstick_http_find(
            client->answer.text, "\"access_token\":\"", "\"", token, sizeof token))
        return -1;
    snprintf(
        headers, sizeof headers,
        "Authorization: Bearer %s\r\nContent-Type: application/json\r\n", token);
    snprintf(
        body, sizeof body,
        "{\"app\":\"wallet\",\"expire\":\"300s\",\"intent\":\"pay %d\",\"seq\":\"%s\","
        "\"sign\":\"00000000000000000000000000000000\",\"title\":\"" YARDSTICK_TITLE "\"}",
        YARDSTICK_FEN, order);
    if (!post(client, "/sovellpay/v2/trade", headers, body)
        || !strstr(client->answer.text, "\"status\":\"normal\""))
        return -1;
    return 0;
}

void yardstick_client_close(yardstick_client *client) {
    if (client->socket >= 0) close(client->socket);
    free(client);
}
