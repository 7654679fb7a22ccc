package dev.muster.swarm;

/** The in-memory store keeps the contract. */
class PackedSwarmsTest extends SwarmsContract {
  @Override
  Swarms create(long memoryBytes) {
    return new PackedSwarms(
        new SwarmsConfig(16, LIFETIME, SESSION_LIFETIME, memoryBytes, 20261122), 0);
  }
}
