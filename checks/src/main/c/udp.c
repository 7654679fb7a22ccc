/* Announces over UDP (BEP 15). A burst to the tracker is one system call (UDP_SEGMENT cuts it into datagrams), and so is
 * what has come back (recvmmsg): the generator costs less than any tracker, and shares one core with nobody. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <endian.h>
#include <errno.h>
#include <netinet/udp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif

#define BATCH 32
#define REPLY_BYTES 1536
#define MOST_SLOTS 2048
#define CONNECT 0xffffffffu /* the transaction id of connect requests */
#define RENEW_NANOS (50 * NANOS)
#define LOOK_NANOS (NANOS / 100)

/* One request on the way. */
struct slot {
  uint64_t due, sent; /* sent: 0 while free */
  uint32_t peer, transaction;
};

struct source {
  int fd;
  unsigned number;
  uint64_t connection_id; /* as it came */
  uint32_t cursor;
  unsigned free_count;
  uint16_t free[MOST_SLOTS];
  struct slot slots[MOST_SLOTS];
};

static struct source sources[MOST_SOURCES];
static uint8_t replies[BATCH][REPLY_BYTES];
static uint8_t requests[BATCH * REQUEST_BYTES];

static void put32(uint8_t *at, uint32_t value) {
  value = htobe32(value);
  memcpy(at, &value, 4);
}

static void put64(uint8_t *at, uint64_t value) {
  value = htobe64(value);
  memcpy(at, &value, 8);
}

static uint32_t get32(const uint8_t *at) {
  uint32_t value;
  memcpy(&value, at, 4);
  return be32toh(value);
}

static void ask_connection_id(struct source *source) {
  uint8_t request[16];
  put64(request, 0x41727101980ull);
  put32(request + 8, 0);
  put32(request + 12, CONNECT);
  if (send(source->fd, request, sizeof request, 0) < 0 && errno != EAGAIN && errno != ECONNREFUSED) {
    die("send");
  }
}

int socket_from(unsigned source, const struct sockaddr_in *to) {
  int bytes = 4 << 20;
  struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002 + source)};
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  if (bind(fd, (struct sockaddr *)&here, sizeof here) < 0 || connect(fd, (const struct sockaddr *)to, sizeof *to) < 0) {
    die("socket");
  }
  return fd;
}

static void open_source(struct source *source, unsigned number, const struct plan *plan) {
  source->number = number;
  source->fd = socket_from(number, &plan->server);
  unsigned slots = plan->outstanding / plan->sources;
  source->free_count = slots < MOST_SLOTS ? slots : MOST_SLOTS;
  for (unsigned i = 0; i < source->free_count; i++) {
    source->free[i] = (uint16_t)i;
  }
  struct pollfd readable = {.fd = source->fd, .events = POLLIN};
  uint8_t reply[REPLY_BYTES];
  for (int tries = 0; tries < 10; tries++) {
    ask_connection_id(source);
    if (poll(&readable, 1, 500) == 1 && recv(source->fd, reply, sizeof reply, 0) >= 16 && get32(reply) == 0) {
      memcpy(&source->connection_id, reply + 8, 8);
      return;
    }
  }
  die("no connection id");
}

/*  offset  0 connection id   8 action 1       12 transaction id  16 info hash   36 peer id     56 downloaded
 *         64 left           72 uploaded      80 event           84 address     88 key         92 numwant    96 port */
void write_announce(uint8_t *at, uint64_t connection_id, uint32_t transaction, uint32_t peer, const struct plan *plan) {
  memset(at, 0, REQUEST_BYTES);
  memcpy(at, &connection_id, 8);
  put32(at + 8, 1);
  put32(at + 12, transaction);
  info_hash_of(plan, peer, at + 16);
  memcpy(at + 36, "-LD0001-", 8);
  put64(at + 44, mix(peer));
  put32(at + 52, peer);
  put64(at + 64, left_of(peer));
  put32(at + 80, plan->purpose == LEAVE ? 3 : 0);
  put32(at + 88, peer);
  put32(at + 92, plan->numwant);
  uint16_t port = htobe16(port_of(plan, peer));
  memcpy(at + 96, &port, 2);
}

static void write_request(uint8_t *at, const struct source *source, const struct slot *slot, const struct plan *plan) {
  write_announce(at, source->connection_id, slot->transaction, slot->peer, plan);
}

static void send_burst(const struct source *source, unsigned count) {
  union {
    char bytes[CMSG_SPACE(sizeof(uint16_t))];
    struct cmsghdr align;
  } control = {{0}};
  struct iovec data = {requests, count * REQUEST_BYTES};
  struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1};
  if (count > 1) {
    message.msg_control = control.bytes;
    message.msg_controllen = sizeof control.bytes;
    struct cmsghdr *segment = CMSG_FIRSTHDR(&message);
    segment->cmsg_level = IPPROTO_UDP;
    segment->cmsg_type = UDP_SEGMENT;
    segment->cmsg_len = CMSG_LEN(sizeof(uint16_t));
    uint16_t bytes = REQUEST_BYTES;
    memcpy(CMSG_DATA(segment), &bytes, sizeof bytes);
  }
  while (sendmsg(source->fd, &message, 0) < 0) {
    if (errno != EAGAIN && errno != ENOBUFS && errno != EINTR) {
      die("send");
    }
  }
}

/* Sends what is due and has room, as one burst. */
static void send_due(struct course *course, struct source *source) {
  unsigned count = 0;
  uint64_t now = now_nanos();
  while (count < BATCH && source->free_count > 0) {
    uint64_t due = take_due(course, now);
    uint32_t peer;
    if (due == 0 || !take_peer(course, source->number, &source->cursor, &peer)) {
      break;
    }
    unsigned number = source->free[--source->free_count];
    struct slot *slot = &source->slots[number];
    *slot = (struct slot){due, now, peer, ((slot->transaction >> 16) + 1) << 16 | number};
    if (slot->transaction == CONNECT) {
      slot->transaction = number;
    }
    write_request(requests + count++ * REQUEST_BYTES, source, slot, course->plan);
  }
  if (count > 0) {
    send_burst(source, count);
  }
}

static void take_reply(struct course *course, struct source *source, const uint8_t *reply, unsigned length, uint64_t now) {
  if (length < 8) {
    refused(course);
    return;
  }
  uint32_t transaction = get32(reply + 4);
  if (transaction == CONNECT) {
    if (get32(reply) == 0 && length >= 16) {
      memcpy(&source->connection_id, reply + 8, 8);
    }
    return;
  }
  unsigned number = transaction & 0xffff;
  struct slot *slot = &source->slots[number];
  if (number >= MOST_SLOTS || slot->sent == 0 || slot->transaction != transaction) {
    return; /* came after its time */
  }
  if (get32(reply) == 1 && length >= 20) {
    answered(course, slot->due, now, (length - 20) / 6);
  } else {
    refused(course);
    ask_connection_id(source);
    if (course->plan->purpose != MEASURE) {
      return; /* once more, when it is late */
    }
  }
  slot->sent = 0;
  source->free[source->free_count++] = (uint16_t)number;
}

static void receive(struct course *course, struct source *source) {
  struct iovec places[BATCH];
  struct mmsghdr messages[BATCH] = {0};
  for (unsigned i = 0; i < BATCH; i++) {
    places[i] = (struct iovec){replies[i], REPLY_BYTES};
    messages[i].msg_hdr.msg_iov = &places[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  int count = recvmmsg(source->fd, messages, BATCH, MSG_DONTWAIT, NULL);
  if (count < 0) {
    if (errno != EAGAIN && errno != EINTR) {
      die("the tracker is gone");
    }
    return;
  }
  uint64_t now = now_nanos();
  for (int i = 0; i < count; i++) {
    take_reply(course, source, replies[i], messages[i].msg_len, now);
  }
}

/* Gives up what is late; who is to be announced once is announced again. */
static void look_after(struct course *course, struct source *source, uint64_t now) {
  for (unsigned i = 0; i < MOST_SLOTS; i++) {
    struct slot *slot = &source->slots[i];
    if (slot->sent == 0 || now - slot->sent < patience(course->plan)) {
      continue;
    }
    lost(course, slot->due, now);
    if (course->plan->purpose == MEASURE) {
      slot->sent = 0;
      source->free[source->free_count++] = (uint16_t)i;
    } else {
      slot->sent = now;
      write_request(requests, source, slot, course->plan);
      send_burst(source, 1);
    }
  }
}

void udp_load(struct course *course) {
  unsigned count = course->plan->sources;
  for (unsigned i = 0; i < count; i++) {
    open_source(&sources[i], i, course->plan);
  }
  uint64_t now = now_nanos();
  uint64_t renew = now + RENEW_NANOS;
  uint64_t look = now + LOOK_NANOS;
  course->next_due = now;
  while (goes_on(course, now)) {
    for (unsigned i = 0; i < count; i++) {
      receive(course, &sources[i]);
      send_due(course, &sources[i]);
      if (course->plan->purpose == PAUSES) {
        probe(course, sources[0].connection_id, now_nanos());
      }
    }
    now = now_nanos();
    if (now > renew) {
      renew = now + RENEW_NANOS;
      for (unsigned i = 0; i < count; i++) {
        ask_connection_id(&sources[i]);
      }
    }
    if (now > look) {
      look = now + LOOK_NANOS;
      for (unsigned i = 0; i < count; i++) {
        look_after(course, &sources[i], now);
      }
    }
  }
}
