import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { CloseReason } from '../../shared/errors'
import { CutOff } from './heavy-cut-off'
import { join, type ThreadJob, type ThreadSays } from './heavy-messages'
import { type Patience, placeOfNext, type Rank, type Waiting } from './heavy-order'
import type { Compacted, HeavyLimits, HeavyWork, StoredState } from './heavy-work'

/** Why a job has no answer of its own: what it is about took too long or too much, or we could not. */
type Failure = 'its own' | 'ours' | 'closed'

type Job = Waiting & {
  message: ThreadJob
  /** What its own time is, once it runs. */
  limitMs: number
  answer(said: ThreadSays | Failure): void
  tried: boolean
}

type Thread = { worker: Worker; ready: boolean }

const REFUSED: Record<Exclude<Failure, 'its own'>, CloseReason> = {
  ours: 'document_unavailable',
  closed: 'restarting',
}

/**
 * One thread, started when it is first needed and ended when it has nothing to do. Somebody waits for
 * every rehearsal, so these come first, while nobody else has waited too long. A thread that takes too long is ended with its job; the next
 * job gets another.
 */
export class HeavyQueue implements HeavyWork {
  private readonly waiting: Job[] = []
  private running: Job | null = null
  /** What ran last, or runs. */
  private last: Rank | null = null
  private thread: Thread | null = null
  private closed = false
  private jobs = 0
  /** Of the running job, or of the idle thread. */
  private timer: NodeJS.Timeout | undefined
  private readonly patience: Patience
  private readonly cutOff = new CutOff()

  constructor(
    private readonly log: Logger,
    private readonly limits: HeavyLimits,
    private readonly open: typeof openThread,
  ) {
    const { copyPatienceMs: copy, compactionPatienceMs: compaction } = limits
    this.patience = { rehearsal: Number.POSITIVE_INFINITY, copy, compaction }
  }

  get hasThread(): boolean {
    return this.thread !== null
  }

  compact(base: StoredState | null, updates: readonly Uint8Array[], urgent?: 'urgent') {
    return new Promise<Compacted | undefined>((resolve) => {
      const parts = join(base ? [base.bytes, ...updates] : updates)
      this.add({
        message: { kind: 'compact', id: this.jobs++, v: base?.v ?? null, parts },
        rank: urgent ? 'copy' : 'compaction',
        since: performance.now(),
        limitMs: this.limits.compactMs,
        answer: (said) =>
          resolve(typeof said === 'object' && said.kind === 'compacted' ? said.result : undefined),
        tried: false,
      })
    })
  }

  rehearse(state: Uint8Array, update: Uint8Array) {
    return new Promise<CloseReason | null>((resolve) => {
      const others = this.waiting.filter(({ rank }) => rank === 'rehearsal')
      if (others.length >= this.limits.rehearsals) {
        this.log.warn('too many updates wait to be tried')
        resolve(REFUSED.ours)
        return
      }
      this.add({
        message: { kind: 'rehearse', id: this.jobs++, parts: join([state, update]) },
        rank: 'rehearsal',
        since: performance.now(),
        limitMs: this.limits.rehearseMs,
        answer: (said) => {
          if (said === 'its own') resolve(this.cutOff.again(update) ? 'frame_policy' : REFUSED.ours)
          else if (typeof said === 'string') resolve(REFUSED[said])
          else resolve(said.kind === 'rehearsed' ? said.result : REFUSED.ours)
        },
        tried: false,
      })
    })
  }

  async close(): Promise<void> {
    this.closed = true
    for (const job of this.waiting.splice(0)) job.answer('closed')
    await this.drop('closed')
  }

  private add(job: Job): void {
    if (this.closed) {
      job.answer('closed')
      return
    }
    this.waiting.push(job)
    this.next()
  }

  private next(): void {
    if (this.running || this.closed) return
    const place = placeOfNext(this.waiting, this.patience, performance.now(), this.last)
    const [job] = place < 0 ? [] : this.waiting.splice(place, 1)
    if (!job) {
      this.rest()
      return
    }
    this.running = job
    this.last = job.rank
    try {
      this.thread ??= this.start()
      const { worker, ready } = this.thread
      worker.ref()
      this.watch(ready ? this.limits.prepareMs : this.limits.startMs)
      worker.postMessage(job.message, [job.message.parts.bytes.buffer])
    } catch (error) {
      this.giveUp('the thread for heavy work could not be asked', error)
    }
  }

  /** An idle server keeps neither a thread nor the process. */
  private rest(): void {
    this.thread?.worker.unref()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.drop('ours'), this.limits.idleMs)
    this.timer.unref()
  }

  private start(): Thread {
    const worker = this.open(this.limits.memoryMb)
    const thread = { worker, ready: false }
    worker.on('message', (said: ThreadSays) => {
      if (this.thread === thread) this.hear(thread, said)
    })
    const lost = (error: unknown) => {
      if (this.thread === thread) this.giveUp('the thread for heavy work ended', error)
    }
    worker.on('error', lost)
    worker.on('messageerror', lost)
    worker.on('exit', lost)
    return thread
  }

  private hear(thread: Thread, said: ThreadSays): void {
    if (said.kind === 'ready') {
      thread.ready = true
      this.watch(this.limits.prepareMs)
      return
    }
    const job = this.running
    if (job?.message.id !== said.id) return
    if (said.kind === 'trying') {
      job.tried = true
      this.watch(job.limitMs)
      return
    }
    this.running = null
    clearTimeout(this.timer)
    job.answer(said)
    this.next()
  }

  private watch(ms: number): void {
    clearTimeout(this.timer)
    const timer = setTimeout(() => {
      // If this process was held up, the answer may be waiting to be read.
      setImmediate(() => {
        if (this.timer === timer) this.giveUp('heavy work took too long')
      })
    }, ms)
    this.timer = timer
  }

  private giveUp(why: string, error?: unknown): void {
    const { message, tried } = this.running ?? {}
    this.log.error({ err: error, job: message?.kind, tried }, why)
    void this.drop(tried ? 'its own' : 'ours')
  }

  /** End the thread; whoever waits for its job hears why there will be no answer. */
  private async drop(why: Failure): Promise<void> {
    const { thread, running } = this
    this.thread = null
    this.running = null
    clearTimeout(this.timer)
    this.timer = undefined
    running?.answer(why)
    const ended = thread?.worker.terminate()
    // Not at once: where no thread can be had at all, every job would lie upon the one before.
    if (this.waiting.length > 0) setImmediate(() => this.next())
    await ended
  }
}

/** From sources nothing compiles for a thread, not even what compiles for this process: it asks itself. */
const FROM_SOURCE = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(require('node:worker_threads').workerData)
})`

/** Beside the bundled server lies the bundled thread; from sources the source is run. */
export function openThread(memoryMb: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb }
  const built = new URL('./collab-thread.js', import.meta.url)
  if (existsSync(built)) return new Worker(built, { resourceLimits })
  const { href } = new URL('./heavy-thread.ts', import.meta.url)
  return new Worker(FROM_SOURCE, { eval: true, workerData: href, resourceLimits })
}
