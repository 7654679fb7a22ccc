/* Pauses, as a client sees them (do=pauses): each peer announces once, at a steady rate that leaves the tracker time to
 * spare; then one in a hundred goes on announcing at that rate, while the others are forgotten, until the caller writes a line.
 *
 * All the while the tracker and an echo are asked at the same moments, every PERIOD. A probe's time counts from when it
 * was due, however many before it are still on the way: so nothing hides a pause, and what stops this program or the
 * whole machine shows in both. At the end of each phase a line tells of its probes. */
#define _GNU_SOURCE
#include "load.h"

#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#define PERIOD (NANOS / 2000)
#define BATCH 32
#define REPLY_BYTES 1536

/* Whom we ask. */
struct asked {
  const char *name;
  unsigned transaction_at; /* where in its answer */
  int fd;
  uint64_t answered;
  struct latencies latencies;
  uint64_t longest_due; /* when the longest was due */
};

static struct asked tracker = {.name = "tracker", .transaction_at = 4, .fd = -1};
static struct asked echoing = {.name = "echo", .transaction_at = 12, .fd = -1};
static uint64_t first_due, first_of_phase, sent;

static void ask(const struct asked *whom, const uint8_t *request) {
  if (send(whom->fd, request, REQUEST_BYTES, 0) < 0 && errno != EAGAIN && errno != ENOBUFS) {
    die("probe");
  }
}

static void take_answers(struct asked *whom) {
  uint8_t reply[REPLY_BYTES];
  ssize_t length;
  while ((length = recv(whom->fd, reply, sizeof reply, MSG_DONTWAIT)) > 0) {
    uint32_t transaction;
    if (length < 16) {
      continue;
    }
    memcpy(&transaction, reply + whom->transaction_at, sizeof transaction);
    uint64_t due = first_due + be32toh(transaction) * PERIOD;
    uint64_t took = now_nanos() - due;
    if (due < first_of_phase) {
      continue;
    }
    whom->answered++;
    if (took > whom->latencies.longest) {
      whom->longest_due = due;
    }
    record(&whom->latencies, took);
  }
}

void probe(struct course *course, uint64_t connection_id, uint64_t now) {
  const struct plan *plan = course->plan;
  if (tracker.fd < 0) {
    tracker.fd = socket_from(0, &plan->server);
    echoing.fd = socket_from(0, &plan->echo);
    first_due = first_of_phase = now;
  }
  while (first_due + sent * PERIOD <= now) {
    uint8_t request[REQUEST_BYTES];
    uint32_t any = (uint32_t)(random_next(&course->random) % (plan->peers / plan->sources / STAY + 1)) * plan->sources;
    write_announce(request, connection_id, (uint32_t)sent, any, plan);
    ask(sent % 2 ? &tracker : &echoing, request); /* each is asked first every other time */
    ask(sent % 2 ? &echoing : &tracker, request);
    sent++;
  }
  take_answers(&tracker);
  take_answers(&echoing);
}

static void tell(struct asked *whom, uint64_t asked) {
  printf(" %s_answered=%lu %s_lost=%ld %s_p50=%lu %s_p9999=%lu %s_longest=%lu %s_longest_at=%.3f", whom->name,
         whom->answered, whom->name, (long)(asked - whom->answered), whom->name, percentile(&whom->latencies, 0.5), whom->name,
         percentile(&whom->latencies, 0.9999), whom->name, whom->latencies.longest, whom->name,
         (double)(whom->longest_due - first_due) / 1e9);
  whom->answered = 0;
  memset(&whom->latencies, 0, sizeof whom->latencies);
}

/* Probes on the way as it ends belong to no phase. */
void end_of_phase(const char *name, uint64_t now) {
  uint64_t asked = (now - first_of_phase) / PERIOD;
  printf("phase name=%s seconds=%.3f", name, (double)(now - first_of_phase) / 1e9);
  tell(&tracker, asked);
  tell(&echoing, asked);
  printf("\n");
  fflush(stdout);
  first_of_phase = now;
}

/* Sends back whatever comes, as it is: what the kernel and the machine take of a probe's time. */
void echo(const struct sockaddr_in *here) {
  static uint8_t places[BATCH][REPLY_BYTES];
  struct sockaddr_in from[BATCH];
  struct iovec data[BATCH];
  struct mmsghdr messages[BATCH] = {0};
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (bind(fd, (const struct sockaddr *)here, sizeof *here) < 0) {
    die("echo");
  }
  for (;;) {
    for (unsigned i = 0; i < BATCH; i++) {
      data[i] = (struct iovec){places[i], REPLY_BYTES};
      messages[i].msg_hdr = (struct msghdr){
          .msg_iov = &data[i], .msg_iovlen = 1, .msg_name = &from[i], .msg_namelen = sizeof from[i]};
    }
    int count = recvmmsg(fd, messages, BATCH, MSG_WAITFORONE, NULL);
    for (int i = 0; i < count; i++) {
      data[i].iov_len = messages[i].msg_len;
    }
    if (count > 0) {
      sendmmsg(fd, messages, (unsigned)count, 0);
    }
  }
}
