package dev.muster.swarm;

/** What became of an announce. */
public enum Verdict {
  /** Filed, or removed as it asked. */
  ACCEPTED,
  /** Refused: its swarm would be a new one, and there is no memory for that. */
  NO_ROOM_FOR_SWARM,
  /** Refused: the peer is new to its swarm, and there is no memory for it. */
  NO_ROOM_FOR_PEER
}
