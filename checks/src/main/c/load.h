/* What the UDP and the HTTP part of the load generator share; load.c says how it is used. */
#ifndef LOAD_H
#define LOAD_H

#include <netinet/in.h>
#include <stdint.h>

#define NANOS 1000000000ull
#define HASH_BYTES 20
#define PEER_ID_BYTES 20
#define MOST_SOURCES 250

#define STAY 100 /* PAUSES: one peer of so many announces itself again */

enum purpose { MEASURE, FILL, LEAVE, PAUSES };

/* What to do, from the command line. */
struct plan {
  struct sockaddr_in server;
  struct sockaddr_in echo; /* PAUSES: answers probes, as the tracker does */
  enum purpose purpose;    /* announce at random and measure; announce each peer once; say "stopped" for each once; see probe.c */
  int keep_alive;         /* HTTP: a connection carries many requests, or one */
  unsigned outstanding;   /* requests on the way at most */
  unsigned sources;       /* loopback addresses, from 127.0.0.2 up; peer i announces from address i % sources */
  unsigned numwant;
  double rate;            /* requests a second, their gaps drawn as a Poisson process has them; 0: a closed loop */
  double warmup, seconds; /* not counted, counted */
  const uint32_t *swarm;  /* of each peer */
  uint32_t peers;
};

struct latencies {
  uint64_t longest;
  uint64_t counts[4096]; /* 64 to each power of two */
};

/* What came back while counting. */
struct tally {
  uint64_t answered, peers, refused, lost;
  struct latencies latencies;
};

/* When requests are due, and where the run has got to. */
struct course {
  const struct plan *plan;
  struct tally tally;
  uint64_t next_due;
  uint64_t end;
  uint64_t begun;
  int counting;
  uint32_t left_to_do; /* all but MEASURE: peers not yet answered */
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

void record(struct latencies *, uint64_t nanos);
uint64_t percentile(const struct latencies *, double part);

/* How long until a request is forgotten. */
uint64_t patience(const struct plan *);

void die(const char *what);
void udp_load(struct course *);
void http_load(struct course *);

/* An announce over UDP, and where it goes wherever it comes from. */
#define REQUEST_BYTES 98
void write_announce(uint8_t *at, uint64_t connection_id, uint32_t transaction, uint32_t peer, const struct plan *);
int socket_from(unsigned source, const struct sockaddr_in *to);

/* Asks the tracker and the echo, each at the same moments, and says how long they took. To be called all the time. */
void probe(struct course *, uint64_t connection_id, uint64_t now);
void end_of_phase(const char *name, uint64_t now);
void echo(const struct sockaddr_in *here);

#endif
