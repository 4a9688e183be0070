import { existsSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import { AppError } from '../../shared/errors'
import type { SlideImage, SlideMaker } from '../ports'
import type { SlideJob, SlideSays } from './slides/messages'

/** Tests change them. */
export type SlideLimits = {
  /** The thread may take this long to start, ms; from sources it is compiled first. */
  startMs: number
  openMs: number
  /** One page, ms. */
  pageMs: number
  /** A whole PDF, ms, waiting for whoever asks included. */
  wholeMs: number
  /** For the thread's objects, MB. */
  memoryMb: number
  /** How much this process may grow while a PDF is open, MB: pictures lie outside of that. */
  growthMb: number
  /** A thread without a PDF ends after this, ms: it costs memory. */
  idleMs: number
}

const LIMITS: SlideLimits = {
  startMs: 30_000,
  openMs: 20_000,
  pageMs: 20_000,
  wholeMs: 10 * 60_000,
  memoryMb: 512,
  growthMb: 1_024,
  idleMs: 10_000,
}

/** So often is it looked how large the process has become, milliseconds. */
const WEIGH_MS = 50

/**
 * PDFs become images in a thread of their own, one PDF at a time in each: whatever is in it, the thread
 * is ended when it takes too long or too much, and nobody else has waited. One that was left in peace
 * is kept a while for the next PDF.
 *
 * @param limits only for tests
 */
export function createSlideMaker(
  log: Logger,
  limits: Partial<SlideLimits> = {},
): SlideMaker & { close(): Promise<void> } {
  const all = { ...LIMITS, ...limits }
  const threads = new Set<SlideThread>()
  let isClosed = false
  const threadFor = () => {
    const resting = [...threads].find((thread) => thread.rouse())
    if (resting) return resting
    const thread = new SlideThread(all, () => threads.delete(thread))
    threads.add(thread)
    return thread
  }
  return {
    async open(pdf) {
      if (isClosed) throw new AppError('restarting')
      const thread = threadFor()
      try {
        const pages = await thread.open(pdf)
        return {
          pages,
          page: (number) => thread.page(number),
          close: async () => thread.rest(),
        }
      } catch (error) {
        thread.rest()
        log.info({ err: error }, 'a PDF could not be opened')
        throw error
      }
    },
    async close() {
      isClosed = true
      await Promise.all([...threads].map((thread) => thread.end(new AppError('restarting'))))
    },
  }
}

type Asked = { answer: (said: SlideSays) => void; fail: (error: Error) => void }

class SlideThread {
  private readonly worker: Worker
  private asked: Asked | null = null
  private isReady = false
  private isResting = false
  /** Of the PDF that is open, or of the rest. */
  private timers: NodeJS.Timeout[] = []
  /** Why nothing more can be asked. */
  private over: Error | null = null

  constructor(
    private readonly limits: SlideLimits,
    private readonly onEnd: () => void,
  ) {
    this.worker = openThread(limits.memoryMb)
    this.worker.stdout.resume()
    this.worker.stderr.resume()
    this.worker.on('message', (said: SlideSays) => this.take()?.answer(said))
    const lost = (error: Error) => void this.end(this.reasonOf(error))
    this.worker.on('error', lost)
    this.worker.on('exit', () => lost(new Error('the thread for slides ended')))
  }

  /** @returns false if it is not free */
  rouse(): boolean {
    if (!this.isResting) return false
    this.isResting = false
    this.worker.ref()
    return true
  }

  /** No more of this PDF; the thread waits for another one, and ends when none comes. */
  rest(): void {
    if (this.over || this.isResting) return
    // whoever stops in the middle of something leaves a thread that is not at rest
    if (this.asked) return void this.end(new Error('left'))
    this.isResting = true
    this.worker.unref()
    const timer = setTimeout(() => void this.end(new Error('nothing to do')), this.limits.idleMs)
    this.time(timer.unref())
  }

  /** @returns how many pages it has */
  async open(pdf: Uint8Array): Promise<number> {
    const { limits } = this
    const most = process.memoryUsage.rss() + limits.growthMb * 1_048_576
    const weigh = () => process.memoryUsage.rss() > most && void this.end(tooMuch('memory'))
    this.time(
      setInterval(weigh, WEIGH_MS),
      setTimeout(() => void this.end(tooMuch('time')), limits.wholeMs),
    )
    if (!this.isReady) {
      // a thread that does not start is no fault of the PDF
      await this.hear(limits.startMs, new Error('the thread for slides did not start'))
      this.isReady = true
    }
    const said = await this.ask({ kind: 'open', bytes: pdf }, limits.openMs)
    if (said.kind !== 'opened') throw new Error(`opened, and was told: ${said.kind}`)
    return said.pages
  }

  async page(number: number): Promise<SlideImage> {
    try {
      const said = await this.ask({ kind: 'page', number }, this.limits.pageMs)
      if (said.kind !== 'made') throw new Error(`a page, and was told: ${said.kind}`)
      return said.image
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'slides_unreadable') throw error
      throw new AppError('slides_unreadable', { ...error.detail, page: String(number) })
    }
  }

  async end(why: Error): Promise<void> {
    if (!this.over) {
      this.over = why
      this.isResting = false
      this.time()
      this.take()?.fail(why)
      this.onEnd()
    }
    await this.worker.terminate()
  }

  /** A thread that was well and then ended has met something; one that never was, we could not have. */
  private reasonOf(error: Error): Error {
    if (isOutOfMemory(error)) return tooMuch('memory')
    return this.isReady ? new AppError('slides_unreadable') : error
  }

  private async ask(job: SlideJob, ms: number): Promise<SlideSays> {
    const heard = this.hear(ms, tooMuch('time'))
    this.worker.postMessage(job)
    const said = await heard
    if (said.kind === 'refused') throw new AppError(said.code)
    return said
  }

  /** The next thing the thread says, or why it will say nothing. */
  private hear(ms: number, late: Error): Promise<SlideSays> {
    return new Promise((resolve, reject) => {
      if (this.over) return reject(this.over)
      const timer = setTimeout(() => {
        // if this process was held up, the answer may be waiting to be read
        setImmediate(() => this.asked === asked && void this.end(late))
      }, ms)
      const asked: Asked = {
        answer: (said) => {
          clearTimeout(timer)
          resolve(said)
        },
        fail: (error) => {
          clearTimeout(timer)
          reject(error)
        },
      }
      this.asked = asked
    })
  }

  private take(): Asked | null {
    const { asked } = this
    this.asked = null
    return asked
  }

  /** These run from now on, in place of those before. */
  private time(...timers: NodeJS.Timeout[]): void {
    for (const timer of this.timers) clearTimeout(timer)
    this.timers = timers
  }
}

function tooMuch(what: 'time' | 'memory'): AppError {
  return new AppError('slides_unreadable', { much: what })
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

/** From sources nothing compiles for a thread, not even what compiles for this process: it asks itself. */
const FROM_SOURCE = `import('tsx/esm/api').then(({ register }) => {
  register()
  return import(require('node:worker_threads').workerData)
})`

/** Beside the bundled server lies the bundled thread; from sources the source is run. */
function openThread(memoryMb: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb, stackSizeMb: 4 }
  const built = new URL('./slide-thread.js', import.meta.url)
  // it draws and says nothing: what its packages would print is nobody's to read
  const options = { resourceLimits, stdout: true, stderr: true }
  if (existsSync(built)) return new Worker(built, options)
  const { href } = new URL('./slides/slide-thread.ts', import.meta.url)
  return new Worker(FROM_SOURCE, { eval: true, workerData: href, ...options })
}
