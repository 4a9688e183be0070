import { Worker } from 'node:worker_threads'
import pino from 'pino'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { momentNow, spentSince } from '../../server/collab/heavy-clock'
import { CutOff } from '../../server/collab/heavy-cut-off'
import { compactDocument, rehearseUpdate } from '../../server/collab/heavy-jobs'
import { placeOfNext, type Rank } from '../../server/collab/heavy-order'
import { openThread } from '../../server/collab/heavy-queue'
import { createHeavyWork, type HeavyLimits } from '../../server/collab/heavy-work'
import { bilingual, p } from '../fixtures/bilingual'
import { heavyWork } from '../fixtures/heavy'
import { closeAfterTest } from '../setup/closing'

const state = Y.encodeStateAsUpdate(bilingual([p('a', 'One two')]))

describe('what a frame costs', { timeout: 30_000 }, () => {
  it.runIf(process.platform === 'linux')(
    'C56 is time on a CPU: a busy machine costs nobody a frame',
    () => {
      expect(rehearseUpdate(state, state, () => sleep(250))).toBeNull()
    },
  )

  it('C56 is what the thread itself does', () => {
    expect(rehearseUpdate(state, state, () => work(150))).toBe('frame_policy')
  })

  it.runIf(process.platform === 'linux')('C56 is nothing that other threads do', async () => {
    const start = momentNow()
    expect(start.cpuMs).toBeGreaterThan(0)
    const other = new Worker(`const end = Date.now() + 600; while (Date.now() < end);`, {
      eval: true,
    })
    await new Promise((resolve) => other.once('exit', resolve))
    expect(spentSince(start)).toBeLessThan((performance.now() - start.wallMs) / 2)
  })

  it('C56 is the time that passes where the system does not count', () => {
    const start = { ...momentNow(), cpuMs: null }
    sleep(50)
    expect(spentSince(start)).toBeGreaterThan(45)
  })

  it('C56 remembers the last hundred updates that were cut off', () => {
    const cutOff = new CutOff()
    const [first, second] = [Uint8Array.of(1), Uint8Array.of(2)]
    expect([cutOff.again(first), cutOff.again(second), cutOff.again(first)]).toEqual([
      false,
      false,
      true,
    ])
    for (let i = 0; i < 99; i++) cutOff.again(Uint8Array.of(3, i))
    expect([cutOff.again(first), cutOff.again(second)]).toEqual([true, false])
  })
})

describe('who comes first', { timeout: 30_000 }, () => {
  const patience = { rehearsal: Number.POSITIVE_INFINITY, copy: 1_000, compaction: 10_000 }
  const next = (line: readonly [Rank, number][], last: Rank | null = 'rehearsal') => {
    const waiting = line.map(([rank, waited]) => ({ rank, since: 60_000 - waited }))
    return line[placeOfNext(waiting, patience, 60_000, last)]?.[0]
  }

  it('C50 is the rank, until somebody has waited too long', () => {
    expect(next([])).toBeUndefined()
    expect(
      next([
        ['compaction', 9_999],
        ['copy', 999],
        ['rehearsal', 500],
      ]),
    ).toBe('rehearsal')
    expect(
      next([
        ['compaction', 9_999],
        ['copy', 999],
      ]),
    ).toBe('copy')
    expect(
      next([
        ['rehearsal', 50_000],
        ['copy', 1_000],
        ['rehearsal', 500],
      ]),
    ).toBe('copy')
    expect(
      next([
        ['rehearsal', 50_000],
        ['compaction', 10_000],
      ]),
    ).toBe('compaction')
  })

  it('C50 is not one compaction after the other', () => {
    const line = [
      ['compaction', 20_000],
      ['compaction', 20_000],
      ['rehearsal', 1],
    ] as const
    expect(next(line.map(([...one]) => one))).toBe('compaction')
    expect(
      next(
        line.map(([...one]) => one),
        'compaction',
      ),
    ).toBe('rehearsal')
    expect(next([['compaction', 20_000]], 'compaction')).toBe('compaction')
  })

  it('C50 is whoever lost patience: rehearsals hold up nobody for ever', async () => {
    const order: string[] = []
    const note = (name: string) => () => order.push(name)
    const heavy = heavyWork({ copyPatienceMs: 0 })
    await Promise.all([
      heavy.rehearse(state, state).then(note('running')),
      heavy.rehearse(state, state).then(note('rehearsal')),
      heavy.compact(null, [state]).then(note('compaction')),
      heavy.compact(null, [state], 'urgent').then(note('copy')),
    ])
    expect(order).toEqual(['running', 'copy', 'rehearsal', 'compaction'])
    order.length = 0
    const other = heavyWork({ compactionPatienceMs: 0 })
    await Promise.all([
      other.rehearse(state, state).then(note('running')),
      other.rehearse(state, state).then(note('rehearsal')),
      other.compact(null, [state]).then(note('compaction')),
    ])
    expect(order).toEqual(['running', 'compaction', 'rehearsal'])
  })

  it('C50 is at most fifty rehearsals; others are to come again', async () => {
    const heavy = heavyWork()
    const all = Array.from({ length: 53 }, () => heavy.rehearse(state, state))
    // The first one runs, fifty wait.
    const answers = await Promise.all(all)
    expect(answers.slice(0, 51).every((answer) => answer === null)).toBe(true)
    expect(answers.slice(51)).toEqual(['document_unavailable', 'document_unavailable'])
    expect(await heavy.rehearse(state, state)).toBeNull()
  })
})

describe('a thread that cannot be had', { timeout: 30_000 }, () => {
  const heavyWith = (open: typeof openThread, limits?: Partial<HeavyLimits>) => {
    const heavy = createHeavyWork(pino({ level: 'silent' }), limits, open)
    closeAfterTest(() => heavy.close())
    return heavy
  }

  it('C50 costs one job each time, and the next one is done when there is one again', async () => {
    let failures = 2
    const heavy = heavyWith((memoryMb) => {
      if (failures-- > 0) throw new Error('no thread')
      return openThread(memoryMb)
    })
    const jobs = [
      heavy.compact(null, [state]),
      heavy.rehearse(state, state),
      heavy.compact(null, [state]),
    ]
    expect(await Promise.all(jobs)).toEqual([
      undefined,
      'document_unavailable',
      compactDocument(null, [state]),
    ])
  })

  it('C50 answers everybody, however many waited when the last thread ended', async () => {
    let threads = 1
    const heavy = heavyWith(
      (memoryMb) => {
        if (threads-- > 0) return openThread(memoryMb)
        throw new Error('no thread')
      },
      { startMs: 0 },
    )
    const jobs = Array.from({ length: 8_000 }, () => heavy.compact(null, [state]))
    expect(new Set(await Promise.all(jobs))).toEqual(new Set([undefined]))
  })

  it('C50 answers when the thread cannot be asked', async () => {
    let failures = 1
    const heavy = heavyWith((memoryMb) => {
      const worker = openThread(memoryMb)
      if (failures-- > 0) {
        worker.postMessage = () => {
          throw new Error('cannot be cloned')
        }
      }
      return worker
    })
    const jobs = [heavy.rehearse(state, state), heavy.rehearse(state, state)]
    expect(await Promise.all(jobs)).toEqual(['document_unavailable', null])
  })
})

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}

/** Busy for so long, as this thread counts it. */
function work(ms: number): void {
  const start = momentNow()
  while (spentSince(start) < ms);
}
