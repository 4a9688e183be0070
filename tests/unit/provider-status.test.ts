import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PAUSE_MS, type SyncKey, SyncTracker } from '../../app/features/editor/provider/sync-status'
import { runs } from '../setup/runs'
import { HandTimers } from './provider-fakes'

type Step =
  | 'open'
  | 'lose'
  | 'change'
  | 'send'
  | 'ack'
  | 'kept'
  | 'fails'
  | 'refuse'
  | 'resume'
  | '9s'
  | '11s'

function bench() {
  const timers = new HandTimers()
  const tracker = new SyncTracker(timers)
  let sent = 0
  const steps: Record<Step, () => void> = {
    open: () => {
      sent = 0
      tracker.lineOpened()
    },
    lose: () => tracker.lineLost(),
    change: () => tracker.changed(),
    send: () => {
      sent++
      tracker.framesSent()
    },
    ack: () => tracker.framesAcked(sent),
    kept: () => tracker.keptUpTo(tracker.made),
    fails: () => tracker.keepingFailed(),
    refuse: () => tracker.refuse('document_rules'),
    resume: () => tracker.lineOpening(),
    '9s': () => timers.pass(9_000),
    '11s': () => timers.pass(11_000),
  }
  return { timers, tracker, run: (step: Step) => steps[step]() }
}

/** Steps, and the status after each of them. */
const TABLE: [name: string, story: (Step | SyncKey)[]][] = [
  ['connects', ['open', 'saving', 'send', 'saving', 'ack', 'saved']],
  ['is slow to connect', ['resume', '9s', 'saving', '11s', 'slow']],
  ['never gets a line', ['lose', 'offline']],
  ['is slow to be answered', ['open', 'send', '11s', 'slow', 'ack', 'saved']],
  [
    'saves a change',
    ['open', 'send', 'ack', 'saved', 'change', 'saving', 'send', 'saving', 'ack', 'saved'],
  ],
  [
    'is slow with a change kept',
    [
      'open',
      'send',
      'ack',
      'change',
      'kept',
      'send',
      '9s',
      'saving',
      '11s',
      'slow',
      'ack',
      'saved',
    ],
  ],
  [
    'is slow with a change not kept',
    ['open', 'send', 'ack', 'change', 'send', '11s', 'unkept', 'kept', 'slow'],
  ],
  [
    'stays saving while a refusing device lets the server answer',
    ['open', 'send', 'ack', 'fails', 'change', 'send', '9s', 'saving', 'ack', 'saved'],
  ],
  ['loses the line with nothing pending', ['open', 'send', 'ack', 'lose', 'offline']],
  [
    'loses the line with a change kept',
    ['open', 'send', 'ack', 'change', 'kept', 'send', 'lose', 'offline', '11s', 'offline'],
  ],
  [
    'writes offline while the device stores',
    ['lose', 'change', 'saving', 'kept', 'offline', '11s', 'offline'],
  ],
  [
    'writes offline and the device takes too long',
    ['lose', 'change', '9s', 'saving', '11s', 'unkept', 'kept', 'offline'],
  ],
  [
    'writes offline on a device that keeps nothing',
    ['fails', 'lose', 'offline', 'change', 'unkept'],
  ],
  ['comes back', ['lose', 'change', 'kept', 'open', 'saving', 'send', 'saving', 'ack', 'saved']],
  [
    'comes back to a slow line',
    ['lose', 'change', 'kept', '11s', 'offline', 'open', 'saving', 'send', '11s', 'slow'],
  ],
  [
    'comes back with nothing new and asks again',
    ['open', 'send', 'ack', 'saved', 'lose', 'open', 'saving', 'send', 'saving', 'ack', 'saved'],
  ],
  [
    'is refused',
    [
      'open',
      'send',
      'ack',
      'change',
      'send',
      'refuse',
      'refused',
      '11s',
      'refused',
      'kept',
      'refused',
    ],
  ],
  [
    'goes on after signing in',
    ['refuse', 'refused', 'resume', 'saving', 'open', 'send', 'ack', 'saved'],
  ],
]

describe('SyncTracker', () => {
  it.each(TABLE)('says the right word when it %s', (_name, story) => {
    const { tracker, run } = bench()
    for (const [i, entry] of story.entries()) {
      if (isKey(entry)) expect([i, tracker.getSnapshot().key]).toEqual([i, entry])
      else run(entry)
    }
  })

  it('covers by each acknowledgement what was made before the frame, and no more', () => {
    const { tracker } = bench()
    tracker.found(3, 3)
    tracker.lineOpened()
    tracker.framesSent()
    tracker.changed()
    tracker.framesSent()
    tracker.changed()
    tracker.framesSent()
    expect(tracker.framesAcked(2)).toBe(4)
    expect(tracker.getSnapshot()).toMatchObject({ key: 'saving', pending: 1, savedAt: null })
    expect(tracker.framesAcked(3)).toBe(5)
    expect(tracker.getSnapshot()).toMatchObject({ key: 'saved', pending: 0 })
  })

  it('takes nothing for committed by a part of an answer, whatever was sent before it', () => {
    const { tracker } = bench()
    tracker.lineOpened()
    tracker.framesSent()
    tracker.changed()
    tracker.framesSent()
    // the server lacked something: the answer repeats that change, perhaps in its last piece
    tracker.framesSent(tracker.made, 3, true)
    expect(tracker.framesAcked(4)).toBe(0)
    expect(tracker.getSnapshot()).toMatchObject({ key: 'saving', pending: 1 })
    expect(tracker.framesAcked(5)).toBe(1)
    expect(tracker.getSnapshot()).toMatchObject({ key: 'saved', pending: 0 })
  })

  it('takes what came before a paste in pieces for committed, and the paste with its last piece', () => {
    const { tracker } = bench()
    tracker.lineOpened()
    tracker.framesSent()
    tracker.changed()
    tracker.framesSent()
    tracker.changed()
    tracker.framesSent(tracker.made, 2)
    expect(tracker.framesAcked(3)).toBe(1)
    expect(tracker.waiting).toBe(1)
    expect(tracker.framesAcked(4)).toBe(2)
    expect(tracker.getSnapshot().key).toBe('saved')
  })

  it('counts typing without a pause as one change, and what is left of it as one', () => {
    const { tracker, timers, run } = bench()
    const type = (keys: number) => {
      for (let i = 0; i < keys; i++) {
        run('change')
        run('send')
        timers.pass(200)
      }
    }
    const counted = () => tracker.getSnapshot().pending
    run('open')
    type(20)
    expect([counted(), tracker.waiting]).toEqual([1, 20])
    timers.pass(PAUSE_MS)
    type(3)
    expect([counted(), tracker.waiting]).toEqual([2, 23])
    tracker.framesAcked(5)
    expect([counted(), tracker.waiting]).toEqual([2, 18])
    tracker.framesAcked(21)
    expect([counted(), tracker.waiting]).toEqual([1, 2])
    tracker.framesAcked(23)
    expect([counted(), tracker.waiting]).toEqual([0, 0])
  })

  it('believes no acknowledgement of what it never sent, nor one of an earlier connection', () => {
    const { tracker, run } = bench()
    run('open')
    run('send')
    run('change')
    run('send')
    run('lose')
    expect(tracker.framesAcked(2)).toBeUndefined()
    run('open')
    run('send')
    expect(tracker.framesAcked(2)).toBeUndefined()
    expect(tracker.getSnapshot()).toMatchObject({ key: 'saving', pending: 1 })
  })

  it('notes when everything was last committed', () => {
    const { tracker, timers, run } = bench()
    run('open')
    run('send')
    run('ack')
    const first = timers.now()
    timers.pass(5_000)
    expect(tracker.getSnapshot().savedAt).toBe(first)
    run('change')
    run('send')
    run('change')
    expect(tracker.framesAcked(2)).toBe(1)
    expect(tracker.getSnapshot().savedAt).toBe(first)
  })

  it('keeps its snapshot while nothing changes and tells listeners only of changes', () => {
    const { tracker, run } = bench()
    let heard = 0
    tracker.subscribe(() => heard++)
    run('open')
    const before = tracker.getSnapshot()
    run('open')
    expect(tracker.getSnapshot()).toBe(before)
    expect(heard).toBe(0)
    run('send')
    run('ack')
    expect(heard).toBe(1)
  })

  it('leaves no appointment behind', () => {
    const { tracker, timers, run } = bench()
    run('change')
    expect(timers.open).toBe(1)
    tracker.destroy()
    expect(timers.open).toBe(0)
  })

  it('is never saved while an own change is not acknowledged on this connection', () => {
    const step = fc.constantFrom<Step>(
      'open',
      'lose',
      'change',
      'change',
      'send',
      'send',
      'ack',
      'kept',
      'fails',
      'refuse',
      'resume',
      '9s',
      '11s',
    )
    const act = fc.oneof(step, fc.nat({ max: 6 }))
    fc.assert(
      fc.property(fc.array(act, { maxLength: 60 }), (acts) => {
        const { tracker, run } = bench()
        // the model: which changes each frame of this connection carried, which are committed
        let isOpen = false
        let carried: number[] = []
        let ackedFrames = 0
        let committed = 0
        for (const each of acts) {
          if (typeof each === 'number') {
            tracker.framesAcked(each)
            if (isOpen && each <= carried.length) {
              ackedFrames = Math.max(ackedFrames, each)
              committed = Math.max(committed, ...carried.slice(0, each))
            }
          } else {
            run(each)
            if (each === 'open') [isOpen, carried, ackedFrames] = [true, [], 0]
            if (each === 'lose' || each === 'refuse' || each === 'resume') isOpen = false
            if (each === 'send') carried.push(tracker.made)
            if (each === 'ack' && isOpen) {
              ackedFrames = carried.length
              committed = Math.max(committed, ...carried)
            }
          }
          const { key, pending } = tracker.getSnapshot()
          if (key !== 'saved') continue
          expect(isOpen && ackedFrames > 0 && ackedFrames === carried.length).toBe(true)
          expect([pending, committed]).toEqual([0, tracker.made])
        }
      }),
      runs(2_000),
    )
  })
})

function isKey(entry: Step | SyncKey): entry is SyncKey {
  return ['saved', 'saving', 'slow', 'offline', 'unkept', 'refused'].includes(entry)
}
