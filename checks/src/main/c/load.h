/* What the UDP and the HTTP part of the load generator share; load.c says how it is used. */
#ifndef LOAD_H
#define LOAD_H

#include <netinet/in.h>
#include <stdint.h>

#define NANOS 1000000000ull
#define HASH_BYTES 20
#define PEER_ID_BYTES 20
#define MOST_SOURCES 250

enum purpose { MEASURE, FILL, LEAVE };

/* What to do, from the command line. */
struct plan {
  struct sockaddr_in server;
  enum purpose purpose;   /* announce at random and measure; announce each peer once; say "stopped" for each once */
  int keep_alive;         /* HTTP: a connection carries many requests, or one */
  unsigned outstanding;   /* requests on the way at most */
  unsigned sources;       /* loopback addresses, from 127.0.0.2 up; peer i announces from address i % sources */
  unsigned numwant;
  double rate;            /* requests a second, their gaps drawn as a Poisson process has them; 0: a closed loop */
  double warmup, seconds; /* not counted, counted */
  const uint32_t *swarm;  /* of each peer */
  uint32_t peers;
};

/* What came back while counting. */
struct tally {
  uint64_t answered, peers, refused, lost;
  uint64_t longest;
  uint64_t latency[4096]; /* by bucket(), 64 to each power of two */
};

/* When requests are due, and where the run has got to. */
struct course {
  const struct plan *plan;
  struct tally tally;
  uint64_t next_due;
  uint64_t end;
  uint64_t begun;
  int counting;
  uint32_t left_to_do; /* FILL, LEAVE: peers not yet answered */
  uint64_t random;
};

uint64_t now_nanos(void);

/* Any number from another; the same one each time. */
uint64_t mix(uint64_t x);
uint64_t random_next(uint64_t *state);

/* Who peer i is. */
void info_hash_of(const struct plan *, uint32_t peer, uint8_t hash[HASH_BYTES]);
void peer_id_of(uint32_t peer, uint8_t id[PEER_ID_BYTES]);
uint16_t port_of(const struct plan *, uint32_t peer);
uint64_t left_of(uint32_t peer);

/* A peer who announces from this source. In order while each is to be announced once (*cursor counts), else at random.
 * Returns 0 when there are no more. */
int take_peer(struct course *, unsigned source, uint32_t *cursor, uint32_t *peer);

/* The time from which the next request counts, or 0 when none is due yet. Takes it, if it is due. */
uint64_t take_due(struct course *, uint64_t now);

/* What was due before the counting began does not count. */
void answered(struct course *, uint64_t due, uint64_t now, unsigned peers);
void refused(struct course *);
void lost(struct course *, uint64_t due, uint64_t now);

/* Begins, ends; 0 when the run is over. To be asked every round. */
int goes_on(struct course *, uint64_t now);

/* How long until a request is forgotten. */
uint64_t patience(const struct plan *);

void die(const char *what);
void udp_load(struct course *);
void http_load(struct course *);

#endif
