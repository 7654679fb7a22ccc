/* The load generator of checks/bench: announces to one tracker over UDP or HTTP, from one thread that never sleeps.
 *
 *   load udp|http|http-oneshot HOST:PORT KEY=VALUE...
 *   load echo HOST:PORT
 *
 *     population=FILE  a uint32 for each peer, in this machine's byte order: the number of its swarm
 *     do=measure       announce peers at random, for warmup= and seconds=
 *     do=fill          announce each peer once, and end when each was answered
 *     do=leave         say "stopped" for each peer once: exercises a tracker whose tables stay empty
 *     do=pauses        announce each peer once, then some of them again and again; echo=HOST:PORT; see probe.c
 *     outstanding=N sources=N numwant=N rate=N (0: as fast as answers come)
 *
 * Writes "begin", waits for a line, counts, and writes "end" with what it counted; the waiting lets the caller read the
 * tracker's processor time while nothing is on the way. Times are nanoseconds. */
#define _GNU_SOURCE
#include "load.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>

void die(const char *what) {
  fprintf(stderr, "load: %s: %s\n", what, strerror(errno));
  exit(1);
}

uint64_t now_nanos(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * NANOS + (uint64_t)t.tv_nsec;
}

/* splitmix64 */
uint64_t mix(uint64_t x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

uint64_t random_next(uint64_t *state) {
  *state += 0x9e3779b97f4a7c15ull;
  return mix(*state);
}

void info_hash_of(const struct plan *plan, uint32_t peer, uint8_t hash[HASH_BYTES]) {
  uint64_t swarm = plan->swarm[peer];
  uint64_t words[3] = {mix(swarm * 3), mix(swarm * 3 + 1), mix(swarm * 3 + 2)};
  memcpy(hash, words, HASH_BYTES);
}

void peer_id_of(uint32_t peer, uint8_t id[PEER_ID_BYTES]) {
  char text[PEER_ID_BYTES + 1];
  snprintf(text, sizeof text, "-LD0001-%012u", peer);
  memcpy(id, text, PEER_ID_BYTES);
}

/* The first 64,512 peers of a source have ports of their own: with 32 sources, two million have. */
uint16_t port_of(const struct plan *plan, uint32_t peer) {
  return (uint16_t)(1024 + peer / plan->sources % 64512);
}

uint64_t left_of(uint32_t peer) {
  return mix(peer) % 10 < 3 ? 0 : 1000000;
}

int take_peer(struct course *course, unsigned source, uint32_t *cursor, uint32_t *peer) {
  const struct plan *plan = course->plan;
  uint32_t of_source = plan->peers / plan->sources;
  uint32_t which;
  if (plan->purpose != MEASURE && *cursor < of_source) {
    which = (*cursor)++;
  } else if (plan->purpose == MEASURE || plan->purpose == PAUSES) {
    uint32_t of = plan->purpose == PAUSES ? of_source / STAY + 1 : of_source;
    which = (uint32_t)((random_next(&course->random) >> 32) * of >> 32);
  } else {
    return 0;
  }
  *peer = which * plan->sources + source;
  return 1;
}

uint64_t take_due(struct course *course, uint64_t now) {
  double rate = course->plan->rate;
  if (rate == 0) {
    return now;
  }
  if (course->next_due > now) {
    return 0;
  }
  uint64_t due = course->next_due;
  double uniform = (double)((random_next(&course->random) >> 11) + 1) * 0x1p-53;
  course->next_due += (uint64_t)(-log(uniform) / rate * 1e9);
  return due;
}

uint64_t patience(const struct plan *plan) {
  return plan->rate == 0 ? NANOS / 2 : 2 * NANOS;
}

static unsigned bucket(uint64_t value) {
  int shift = value < 128 ? 0 : 57 - __builtin_clzll(value);
  return (unsigned)(shift << 6) + (unsigned)(value >> shift);
}

static uint64_t least_of(unsigned bucket) {
  return bucket < 128 ? bucket : (uint64_t)((bucket & 63) + 64) << ((bucket >> 6) - 1);
}

void record(struct latencies *latencies, uint64_t nanos) {
  latencies->counts[bucket(nanos)]++;
  if (nanos > latencies->longest) {
    latencies->longest = nanos;
  }
}

void answered(struct course *course, uint64_t due, uint64_t now, unsigned peers) {
  if (course->plan->purpose != MEASURE && course->left_to_do > 0 && --course->left_to_do == 0 &&
      course->plan->purpose == PAUSES) {
    end_of_phase("come", now);
  }
  if (course->counting && due >= course->begun) {
    course->tally.answered++;
    course->tally.peers += peers;
    record(&course->tally.latencies, now - due);
  }
}

void refused(struct course *course) {
  if (course->counting) {
    course->tally.refused++;
  }
}

/* At a fixed rate a lost request was a slow one, as far as its sender knows. */
void lost(struct course *course, uint64_t due, uint64_t now) {
  if (course->counting && due >= course->begun) {
    course->tally.lost++;
    if (course->plan->rate != 0) {
      record(&course->tally.latencies, now - due);
    }
  }
}

uint64_t percentile(const struct latencies *latencies, double part) {
  uint64_t total = 0;
  for (unsigned i = 0; i < 4096; i++) {
    total += latencies->counts[i];
  }
  uint64_t before = 0;
  for (unsigned i = 0; i < 4096; i++) {
    before += latencies->counts[i];
    if (before > 0 && (double)before >= part * (double)total) {
      return least_of(i);
    }
  }
  return 0;
}

static uint64_t begin(struct course *course) {
  char line[16];
  printf("begin\n");
  fflush(stdout);
  if (fgets(line, sizeof line, stdin) == NULL) {
    exit(1);
  }
  memset(&course->tally, 0, sizeof course->tally);
  course->counting = 1;
  course->begun = course->next_due = now_nanos();
  return course->begun;
}

int goes_on(struct course *course, uint64_t now) {
  const struct plan *plan = course->plan;
  if (plan->purpose == PAUSES) {
    struct pollfd told = {.fd = 0, .events = POLLIN};
    return now % 64 != 0 || poll(&told, 1, 0) == 0; /* until we are told to end; no need to look each time */
  }
  if (plan->purpose != MEASURE) {
    return course->left_to_do > 0;
  }
  if (now < course->end) {
    return 1;
  }
  if (course->counting) {
    return 0;
  }
  course->end = begin(course) + (uint64_t)(plan->seconds * 1e9);
  return 1;
}

static void end(struct course *course) {
  const struct tally *tally = &course->tally;
  printf("end seconds=%.6f answered=%lu peers=%lu refused=%lu lost=%lu p50=%lu p99=%lu p999=%lu longest=%lu\n",
         (double)(now_nanos() - course->begun) / 1e9, tally->answered, tally->peers, tally->refused, tally->lost,
         percentile(&tally->latencies, 0.5), percentile(&tally->latencies, 0.99), percentile(&tally->latencies, 0.999),
         tally->latencies.longest);
  fflush(stdout);
}

static void read_population(struct plan *plan, const char *file) {
  struct stat status;
  int fd = open(file, O_RDONLY);
  if (fd < 0 || fstat(fd, &status) < 0) {
    die(file);
  }
  void *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
  if (bytes == MAP_FAILED) {
    die(file);
  }
  plan->swarm = bytes;
  plan->peers = (uint32_t)((size_t)status.st_size / sizeof(uint32_t));
}

static struct sockaddr_in address_of(const char *text) {
  struct sockaddr_in address = {.sin_family = AF_INET};
  char host[INET_ADDRSTRLEN] = {0};
  const char *colon = strrchr(text, ':');
  if (colon == NULL || (size_t)(colon - text) >= sizeof host) {
    die(text);
  }
  memcpy(host, text, (size_t)(colon - text));
  address.sin_port = htons((uint16_t)atoi(colon + 1));
  if (inet_pton(AF_INET, host, &address.sin_addr) != 1) {
    die(text);
  }
  return address;
}

static int is(const char *option, const char *name, const char **value) {
  size_t length = strlen(name);
  *value = option + length;
  return strncmp(option, name, length) == 0;
}

static void read_option(struct plan *plan, const char *option) {
  const char *value;
  if (is(option, "population=", &value)) {
    read_population(plan, value);
  } else if (is(option, "do=", &value)) {
    plan->purpose = value[0] == 'f' ? FILL : value[0] == 'l' ? LEAVE : value[0] == 'p' ? PAUSES : MEASURE;
  } else if (is(option, "echo=", &value)) {
    plan->echo = address_of(value);
  } else if (is(option, "outstanding=", &value)) {
    plan->outstanding = (unsigned)atoi(value);
  } else if (is(option, "sources=", &value)) {
    plan->sources = (unsigned)atoi(value);
  } else if (is(option, "numwant=", &value)) {
    plan->numwant = (unsigned)atoi(value);
  } else if (is(option, "rate=", &value)) {
    plan->rate = atof(value);
  } else if (is(option, "warmup=", &value)) {
    plan->warmup = atof(value);
  } else if (is(option, "seconds=", &value)) {
    plan->seconds = atof(value);
  } else {
    die(option);
  }
}

int main(int count, char **arguments) {
  static struct plan plan = {.outstanding = 256, .sources = 32, .numwant = 30, .warmup = 1, .seconds = 5};
  static struct course course = {.plan = &plan};
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGPIPE, SIG_IGN);
  errno = EINVAL;
  if (count < 3) {
    die("load KIND HOST:PORT KEY=VALUE...");
  }
  plan.server = address_of(arguments[2]);
  if (strcmp(arguments[1], "echo") == 0) {
    echo(&plan.server);
  }
  for (int i = 3; i < count; i++) {
    read_option(&plan, arguments[i]);
  }
  if (plan.sources < 1 || plan.sources > MOST_SOURCES || plan.outstanding < plan.sources || plan.peers < plan.sources) {
    die("needs 1 to 250 sources, and at least one request on the way and one peer for each");
  }
  course.random = now_nanos();
  course.left_to_do = plan.peers / plan.sources * plan.sources;
  course.begun = course.next_due = now_nanos();
  course.end = course.begun + (uint64_t)(plan.warmup * 1e9);
  course.counting = plan.purpose != MEASURE;
  plan.keep_alive = strcmp(arguments[1], "http") == 0;
  if (strcmp(arguments[1], "udp") == 0) {
    udp_load(&course);
    if (plan.purpose == PAUSES) {
      end_of_phase("go", now_nanos());
    }
  } else {
    http_load(&course);
  }
  end(&course);
  return 0;
}
