import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { CloseReason } from '../../shared/errors'
import { join, type ThreadJob, type ThreadSays } from './heavy-messages'
import type { Compacted, HeavyLimits, HeavyWork, StoredState } from './heavy-work'

/** Why a job has no answer of its own: what it is about took too long or too much, or we could not. */
type Failure = 'its own' | 'ours' | 'closed'

type Job = {
  message: ThreadJob
  /** The lowest comes first. */
  rank: number
  /** What its own time is, once it runs. */
  limitMs: number
  answer(said: ThreadSays | Failure): void
  tried: boolean
}

type Thread = { worker: Worker; ready: boolean }

const REFUSED: Record<Failure, CloseReason> = {
  'its own': 'frame_policy',
  ours: 'document_unavailable',
  closed: 'restarting',
}

/**
 * One thread, started when it is first needed and ended when it has nothing to do. Somebody waits for
 * every rehearsal, so these come first. A thread that takes too long is ended with its job; the next
 * job gets another.
 */
export class HeavyQueue implements HeavyWork {
  private readonly waiting: Job[] = []
  private running: Job | null = null
  private thread: Thread | null = null
  private closed = false
  private jobs = 0
  /** Of the running job, or of the idle thread. */
  private timer: NodeJS.Timeout | undefined

  constructor(
    private readonly log: Logger,
    private readonly limits: HeavyLimits,
  ) {}

  get hasThread(): boolean {
    return this.thread !== null
  }

  compact(base: StoredState | null, updates: readonly Uint8Array[], urgent?: 'urgent') {
    return new Promise<Compacted | undefined>((resolve) => {
      const parts = join(base ? [base.bytes, ...updates] : updates)
      this.add({
        message: { kind: 'compact', id: this.jobs++, v: base?.v ?? null, parts },
        rank: urgent ? 1 : 2,
        limitMs: this.limits.compactMs,
        answer: (said) =>
          resolve(typeof said === 'object' && said.kind === 'compacted' ? said.result : undefined),
        tried: false,
      })
    })
  }

  rehearse(state: Uint8Array, update: Uint8Array) {
    return new Promise<CloseReason | null>((resolve) => {
      this.add({
        message: { kind: 'rehearse', id: this.jobs++, parts: join([state, update]) },
        rank: 0,
        limitMs: this.limits.rehearseMs,
        answer: (said) => {
          if (typeof said === 'string') resolve(REFUSED[said])
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
    const first = Math.min(...this.waiting.map(({ rank }) => rank))
    const place = this.waiting.findIndex(({ rank }) => rank === first)
    const [job] = place < 0 ? [] : this.waiting.splice(place, 1)
    if (!job) {
      this.rest()
      return
    }
    this.running = job
    this.thread ??= this.start()
    const { worker, ready } = this.thread
    worker.ref()
    this.watch(ready ? this.limits.prepareMs : this.limits.startMs)
    worker.postMessage(job.message, [job.message.parts.bytes.buffer])
  }

  /** An idle server keeps neither a thread nor the process. */
  private rest(): void {
    this.thread?.worker.unref()
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.drop('ours'), this.limits.idleMs)
    this.timer.unref()
  }

  private start(): Thread {
    const worker = openThread(this.limits.memoryMb)
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
    if (this.waiting.length > 0) this.next()
    await ended
  }
}

/** From sources nothing compiles for a thread, not even what compiles for this process: it asks itself. */
const FROM_SOURCE = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(require('node:worker_threads').workerData)
})`

/** Beside the bundled server lies the bundled thread; from sources the source is run. */
function openThread(memoryMb: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb }
  const built = new URL('./collab-thread.js', import.meta.url)
  if (existsSync(built)) return new Worker(built, { resourceLimits })
  const { href } = new URL('./heavy-thread.ts', import.meta.url)
  return new Worker(FROM_SOURCE, { eval: true, workerData: href, resourceLimits })
}
