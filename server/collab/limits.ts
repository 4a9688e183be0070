/** Every bound of the sync server, once; docs/collab-spec.md gives the reason for each. */

/** Bytes of envelope around a frame's payload. */
export const ENVELOPE_SLACK = 64
/** Frames that arrive while a room loads or access is asked again wait, up to here, bytes. */
export const MAX_WAITING_BYTES = 65_536
/** What a socket may send: bytes per second, and at once. */
export const BYTES_PER_SECOND = 1_048_576
export const BYTES_BURST = 4_194_304
/** Whole-state answers (SyncStep1) a socket may ask for in a minute. */
export const STATE_ANSWERS_PER_MINUTE = 10
/** Gaps a socket may send in a minute before it is asked to start over. */
export const GAPS_PER_MINUTE = 3

export const MAX_STRUCTS = 50_000
/** Authors of new structs in one frame. */
export const MAX_AUTHORS = 1_000
export const MAX_DELETE_RANGES = 100_000
/** State-vector entries of a SyncStep1. */
export const MAX_STATE_ENTRIES = 100_000
export const MAX_CONTENT_DEPTH = 64
/** Elements inside elements. */
export const MAX_TREE_DEPTH = 32
/**
 * Yjs finds a struct's place by passing what others have put at the same spot meanwhile, one by one.
 * What people type fits in at once; a frame that has to pass more than this is an attack.
 */
export const MAX_STEPS = 20_000
export const MAX_CLIENT_ID = 0xffff_ffff
export const MAX_CLOCK = 0x7fff_ffff

export { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_STRUCTS } from '../../shared/collab/document-cap'

/** Staged and not yet committed, bytes: per room and in the whole process. */
export const MAX_STAGED_ROOM = 4_194_304
export const MAX_STAGED_TOTAL = 67_108_864

export const MAX_AWARENESS_BYTES = 4_096
export const MAX_AWARENESS_DEPTH = 16
/** Stock clients echo everybody's presence; entries beyond this in one message are an attack. */
export const MAX_AWARENESS_ENTRIES = 1_000

export const MAX_SOCKETS_PER_USER = 20
/** Upgrades per minute: of one user, from one address. */
export const UPGRADES_PER_USER = 600
export const UPGRADES_PER_ADDRESS = 10_000

/** A socket that keeps more than this unread for longer than `slowReaderMs` is ended. */
export const MAX_BUFFERED_BYTES = 4_194_304

/** Before an update that removes more than this share of a document over that size, a copy is kept. */
export const MASS_DELETE_SHARE = 0.6
export const MASS_DELETE_FLOOR = 2_048
/** One such copy protects a room for so long, milliseconds; so many of them are kept, the newest. */
export const KEPT_COPY_MS = 600_000
export const MAX_KEPT_COPIES = 10

/** Compaction starts above this many log rows or bytes since the last snapshot. */
export const COMPACT_ROWS = 500
export const COMPACT_BYTES = 524_288
/** With so many it starts when nobody has written for `idleMs`. */
export const COMPACT_QUIET_ROWS = 20
/**
 * Rows stay in the log for so long, whatever snapshots there are, milliseconds: the number of a row is
 * what two processes collide on. One that has not made sure of its place in the log for half of it reads
 * the document again.
 */
export const KEEP_ROWS_MS = 3_600_000
/** BSON ends at 16 MB; snapshots are stored in pieces of this size. */
export const CHUNK_BYTES = 4_194_304

/** Rows of other processes that may come ahead of their turn; larger ones are read from the log, bytes. */
export const RELAYED_ROWS = 1_000
export const RELAYED_BYTES = 262_144

/** From this size on, unpacked, a document is given to newcomers as its snapshot is stored, bytes. */
export const PACKED_FROM_BYTES = 16_384
/** Rows newer than that snapshot, which are sent behind it: bytes in all, and parts. */
export const PACKED_TAIL_BYTES = 262_144
export const PACKED_TAIL_ROWS = 64

/**
 * Frames with more are tried on a copy first, in a thread of its own: bytes, new structs, deletions.
 * Items written side by side at one place cost the square of their number.
 */
export const HEAVY_BYTES = 65_536
export const HEAVY_STRUCTS = 300
export const HEAVY_DELETES = 500

/** More than this unread and it is ended at once. */
export const MAX_BUFFERED_AT_ONCE = 33_554_432

/** Durations in milliseconds. Tests shorten them. */
export type Timings = {
  pingMs: number
  deadMs: number
  /** How often watchers look at sockets. */
  sweepMs: number
  slowReaderMs: number
  /** Access is asked again this often, though every change of it is announced and noted. */
  recheckMs: number
  /** Presence is sent at most this often. */
  presenceMs: number
  /** Presence of one's own sockets is repeated for other processes this often, */
  repeatMs: number
  /** and what another process has not repeated for so long is gone. */
  goneMs: number
  /** How often the log is looked into for rows that another process wrote. */
  lookMs: number
  /** How often processes compare what their documents are. */
  compareMs: number
  /** A socket that writes on and on is told at most this often how much of it is durable. */
  ackMs: number
  /** A room without sockets leaves memory after this. */
  idleMs: number
  /** How often purges that another process left undone are looked for. */
  purgeMs: number
  /** `onSettled` at most this often per room. */
  settleMs: number
  /** Main-thread time that a socket's frames may take: each second, and at once. */
  cpuPerSecond: number
  cpuBurst: number
  /** A refused or ended socket may take this long to close. */
  closingMs: number
  /** `close()` gives up storing after this. */
  closeMs: number
  /** Longest pause between tries to store a batch. */
  retryMs: number
}

export const TIMINGS: Timings = {
  pingMs: 20_000,
  deadMs: 45_000,
  sweepMs: 1_000,
  slowReaderMs: 10_000,
  recheckMs: 300_000,
  presenceMs: 100,
  repeatMs: 15_000,
  goneMs: 45_000,
  lookMs: 2_000,
  compareMs: 30_000,
  ackMs: 500,
  idleMs: 60_000,
  purgeMs: 60_000,
  settleMs: 1_000,
  cpuPerSecond: 200,
  cpuBurst: 2_000,
  closingMs: 2_000,
  closeMs: 8_500,
  retryMs: 1_000,
}
