/**
 * Advisory locks of the whole program, in one place so that no two parts ever wait for each other by accident.
 * Numbers are arbitrary; the database is ours. SQL functions use 774201 (day partitions) and 774205 (the engine's turn).
 */
export const locks = {
  migrations: 774_200,
  dayPartitions: 774_201,
  /** Class of a two-part lock; the shard is the other half. */
  gatewayShard: 774_202,
  compaction: 774_203,
  trackSealing: 774_204,
  /** Shared by the transactions of the engine whose turn it is; alone by whoever takes the next. */
  engineTurn: 774_205,
  ledgerSealing: 774_210,
  engine: 774_211,
  firstSetup: 774_212,
  rotation: 774_213,
} as const
