/**
 * Places where the fault tests make this process die or stall, in the order of a batch's way and of
 * compaction; the numbers are those of docs/fault-tests.md. Without `TWINWARD_FAILPOINT` in the environment
 * they are nothing.
 */
export type Failpoint =
  /** P1 a frame has come */
  | 'received'
  /** P3 an update is decoded and checked */
  | 'checked'
  /** P4 it is in the document */
  | 'applied'
  /** P5 it waits for the cut */
  | 'staged'
  /** P6 the batch is cut, newcomers' answers are taken */
  | 'cut'
  /** P7 about to be written */
  | 'storing'
  /** P8 durable, nobody told */
  | 'stored'
  /** P9 the first writer of the batch is told */
  | 'acknowledged'
  /** P10 the batch is shown to the room */
  | 'shown'
  /** P11 it went to the other processes */
  | 'relayed'
  /** P12 the services are about to note it */
  | 'settling'
  /** C1 compaction has rebuilt the document from the log */
  | 'rebuilt'
  /** C2 the snapshot gives the same document */
  | 'verified'
  /** C3 its chunks are written */
  | 'chunks-written'
  /** C4 its manifest is written */
  | 'manifest-written'
  /** C5 the head points at it */
  | 'head-moved'
  /** C6 the older rows are gone, the older snapshots not yet */
  | 'log-cut'
  /** G1 it is written down that a generation is to be destroyed */
  | 'purge-noted'
  /** G2 the passages are gone from the text, by an edit */
  | 'purge-redacted'
  /** G3 the generation has ended: nothing can be stored in it */
  | 'purge-sealed'
  /** G4 the next one has its first row */
  | 'purge-rebuilt'
  /** G5 it is the document */
  | 'purge-switched'
  /** G6 the rows of the old one say nothing any more */
  | 'purge-hollowed'
  /** G7 its snapshots and copies are gone */
  | 'purge-shredded'

type Armed = { name: string; left: number; act: string; ms: number }

/** `<name>:<n>` dies the n-th time by SIGKILL; `<name>:<n>:stall:<ms>` keeps the process busy instead. */
const armed = read(process.env.TWINWARD_FAILPOINT)

/** Somebody may have decided that this process ends here. */
export function failpoint(name: Failpoint): void {
  if (armed?.name !== name || --armed.left !== 0) return
  if (armed.act === 'stall') {
    const end = performance.now() + armed.ms
    while (performance.now() < end);
    return
  }
  process.kill(process.pid, 'SIGKILL')
}

function read(setting: string | undefined): Armed | null {
  if (!setting) return null
  const [name = '', n = '1', act = 'kill', ms = '0'] = setting.split(':')
  return { name, left: Number(n), act, ms: Number(ms) }
}
