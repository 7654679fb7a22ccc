/* Announces over HTTP (BEP 3, 23): each connection has one request on the way, and carries many of them or one. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define REPLY_BYTES 8192
#define BATCH 64
#define LOOK_NANOS (NANOS / 50)

enum state { IDLE, CONNECTING, WAITING, ENDING }; /* ENDING: answered, and the tracker is to close */

struct connection {
  int fd; /* -1: none */
  enum state state;
  unsigned source;
  uint32_t peer;
  uint64_t due, sent;
  unsigned request_bytes, reply_bytes;
  char request[512];
  char reply[REPLY_BYTES + 1];
};

static struct connection *connections;
static unsigned all; /* of them */
static unsigned *idle; /* a ring: who has waited longest goes first, so that all take part */
static unsigned idle_count, idle_first;
static uint32_t cursors[MOST_SOURCES];
static int poller;

static char *put_escaped(char *at, const uint8_t *bytes, unsigned count) {
  static const char digits[] = "0123456789ABCDEF";
  for (unsigned i = 0; i < count; i++) {
    uint8_t b = bytes[i];
    if ((b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b == '-' || b == '.' || b == '_' ||
        b == '~') {
      *at++ = (char)b;
    } else {
      *at++ = '%';
      *at++ = digits[b >> 4];
      *at++ = digits[b & 15];
    }
  }
  return at;
}

static void write_request(struct connection *connection, const struct plan *plan) {
  uint8_t hash[HASH_BYTES], id[PEER_ID_BYTES];
  info_hash_of(plan, connection->peer, hash);
  peer_id_of(connection->peer, id);
  char *at = stpcpy(connection->request, "GET /announce?info_hash=");
  at = put_escaped(at, hash, HASH_BYTES);
  at = put_escaped(stpcpy(at, "&peer_id="), id, PEER_ID_BYTES);
  at += sprintf(at, "&port=%u&uploaded=0&downloaded=0&left=%lu&numwant=%u&compact=1%s HTTP/1.1\r\nHost: 127.0.0.1\r\n",
                port_of(plan, connection->peer), left_of(connection->peer), plan->numwant,
                plan->purpose == LEAVE ? "&event=stopped" : "");
  at = stpcpy(at, plan->keep_alive ? "User-Agent: load\r\n\r\n" : "User-Agent: load\r\nConnection: close\r\n\r\n");
  connection->request_bytes = (unsigned)(at - connection->request);
}

static void watch(struct connection *connection, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.ptr = connection};
  if (epoll_ctl(poller, operation, connection->fd, &event) < 0) {
    die("epoll_ctl");
  }
}

static void close_connection(struct connection *connection) {
  if (connection->fd >= 0) {
    close(connection->fd);
    connection->fd = -1;
  }
}

static void become_idle(struct connection *connection) {
  connection->state = IDLE;
  idle[(idle_first + idle_count++) % all] = (unsigned)(connection - connections);
}

static struct connection *take_idle(void) {
  struct connection *connection = &connections[idle[idle_first]];
  idle_first = (idle_first + 1) % all;
  idle_count--;
  return connection;
}

static void open_connection(struct connection *connection, const struct plan *plan) {
  int yes = 1;
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002 + connection->source)};
  connection->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  /* One port may then serve connections from several addresses, and choosing it costs little. */
  setsockopt(connection->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  if (connection->fd < 0 || bind(connection->fd, (struct sockaddr *)&here, sizeof here) < 0) {
    die("socket");
  }
  if (connect(connection->fd, (const struct sockaddr *)&plan->server, sizeof plan->server) < 0 && errno != EINPROGRESS) {
    die("connect");
  }
}

static void give_up(struct course *course, struct connection *connection, uint64_t now) {
  close_connection(connection);
  if (connection->state != ENDING) {
    lost(course, connection->due, now);
    if (course->plan->purpose != MEASURE) { /* once more */
      connection->sent = now;
      connection->reply_bytes = 0;
      open_connection(connection, course->plan);
      connection->state = CONNECTING;
      watch(connection, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
      return;
    }
  }
  become_idle(connection);
}

/* On loopback the connection mostly stands at once; if not, the rest is for later. */
static void send_request(struct course *course, struct connection *connection, uint64_t now) {
  ssize_t count = send(connection->fd, connection->request, connection->request_bytes, MSG_NOSIGNAL);
  if (count == (ssize_t)connection->request_bytes) {
    if (connection->state == CONNECTING) {
      watch(connection, EPOLL_CTL_MOD, EPOLLIN);
    }
    connection->state = WAITING;
  } else if (count >= 0 || (errno != EAGAIN && errno != ENOTCONN)) {
    give_up(course, connection, now);
  }
}

static void start(struct course *course, struct connection *connection, uint64_t due, uint64_t now) {
  connection->due = due;
  connection->sent = now;
  connection->reply_bytes = 0;
  write_request(connection, course->plan);
  if (connection->fd < 0) {
    open_connection(connection, course->plan);
    connection->state = CONNECTING;
    watch(connection, EPOLL_CTL_ADD, EPOLLIN | EPOLLOUT);
  } else {
    connection->state = WAITING;
  }
  send_request(course, connection, now);
}

/* Whether the whole answer is there; how many peers it has, or -1 for a refusal. */
static int is_whole(const struct connection *connection, int *peers) {
  const char *body = strstr(connection->reply, "\r\n\r\n");
  const char *length = strcasestr(connection->reply, "\r\nContent-Length:");
  if (body == NULL || length == NULL || length > body) {
    return 0;
  }
  body += 4;
  if (connection->reply + connection->reply_bytes < body + strtoul(length + 17, NULL, 10)) {
    return 0;
  }
  size_t bytes = connection->reply_bytes - (size_t)(body - connection->reply);
  const char *list = memmem(body, bytes, "5:peers", 7);
  *peers = list == NULL ? -1 : atoi(list + 7) / 6;
  return 1;
}

static void receive(struct course *course, struct connection *connection, uint64_t now) {
  ssize_t count = recv(connection->fd, connection->reply + connection->reply_bytes, REPLY_BYTES - connection->reply_bytes, 0);
  if (count < 0 && errno == EAGAIN) {
    return;
  }
  if (count <= 0) {
    if (connection->state == IDLE) {
      close_connection(connection);
    } else {
      give_up(course, connection, now);
    }
    return;
  }
  connection->reply_bytes += (unsigned)count;
  connection->reply[connection->reply_bytes] = 0;
  int peers;
  if (connection->state != WAITING || !is_whole(connection, &peers)) {
    return;
  }
  if (peers >= 0) {
    answered(course, connection->due, now, (unsigned)peers);
  } else {
    refused(course);
  }
  if (course->plan->keep_alive) {
    become_idle(connection);
  } else {
    connection->state = ENDING;
  }
}

/* Until the next request is due, if that is worth a sleep: a trickle beside another load is not to cost a core. */
static int sleep_millis(const struct course *course, uint64_t now) {
  if (course->plan->rate == 0 || course->plan->rate > 2000 || course->next_due < now + NANOS / 500) {
    return 0;
  }
  return 1;
}

void http_load(struct course *course) {
  const struct plan *plan = course->plan;
  all = plan->outstanding;
  connections = calloc(all, sizeof *connections);
  idle = calloc(all, sizeof *idle);
  poller = epoll_create1(0);
  for (unsigned i = 0; i < all; i++) {
    connections[i].fd = -1;
    connections[i].source = i % plan->sources;
    become_idle(&connections[i]);
  }
  struct epoll_event events[BATCH];
  uint64_t now = now_nanos();
  uint64_t look = now + LOOK_NANOS;
  course->next_due = now;
  while (goes_on(course, now)) {
    now = now_nanos();
    while (idle_count > 0) {
      uint64_t due = take_due(course, now);
      if (due == 0) {
        break;
      }
      struct connection *connection = take_idle();
      if (take_peer(course, connection->source, &cursors[connection->source], &connection->peer)) {
        start(course, connection, due, now);
      } /* else it has no more to do, ever */
    }
    int ready = epoll_wait(poller, events, BATCH, sleep_millis(course, now));
    now = now_nanos();
    for (int i = 0; i < ready; i++) {
      struct connection *connection = events[i].data.ptr;
      if (connection->fd >= 0 && connection->state == CONNECTING && (events[i].events & EPOLLOUT) != 0) {
        send_request(course, connection, now);
      }
      if (connection->fd >= 0 && (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) {
        receive(course, connection, now);
      }
    }
    if (now > look) {
      look = now + LOOK_NANOS;
      for (unsigned i = 0; i < all; i++) {
        if (connections[i].state != IDLE && now - connections[i].sent > patience(plan)) {
          give_up(course, &connections[i], now);
        }
      }
    }
  }
}
