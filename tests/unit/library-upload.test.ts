import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCEPTED, refusedBeforeSending } from '../../app/features/library/upload/accepted'
import { isSameFile, matchingUpload } from '../../app/features/library/upload/same-file'
import type { Upload } from '../../app/features/library/upload/upload-desk'
import { UploadDesk } from '../../app/features/library/upload/upload-desk'
import {
  queuedUpload,
  secondsLeft,
  stepUpload,
  type UploadCommand,
  type UploadEvent,
  type UploadState,
} from '../../app/features/library/upload/upload-machine'
import { verdictOf } from '../../app/features/library/upload/verdict'
import { FILE_TYPES } from '../../server/services/file-types'

const lost: UploadEvent = { is: 'line-lost', chance: 1 }

/** Where a row of events leads, and everything that was to be done on the way. */
function run(events: readonly UploadEvent[], bytes = 100) {
  let state = queuedUpload(bytes)
  const commands: UploadCommand[] = []
  for (const event of events) {
    const step = stepUpload(state, event)
    state = step.state
    commands.push(...step.commands)
  }
  return { state, commands }
}

describe('an upload', () => {
  it('is sent in its turn and arrives', () => {
    const { state, commands } = run([
      { is: 'turn' },
      { is: 'moved', sent: 40, at: 1 },
      { is: 'arrived' },
    ])
    expect(state).toMatchObject({ phase: 'arrived', sent: 100 })
    expect(commands).toEqual([{ do: 'send' }])
  })

  it('waits longer after each try that moves nothing, up to half a minute', () => {
    const round: UploadEvent[] = [lost, { is: 'try-again' }]
    const again = Array.from({ length: 8 }, () => round).flat()
    const { commands } = run([{ is: 'turn' }, ...again])
    const waits = commands.flatMap((command) => (command.do === 'wait' ? command.ms : []))
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
  })

  it('waits a different time than others whose line dropped at the same moment', () => {
    const waitAt = (chance: number) =>
      run([{ is: 'turn' }, { is: 'line-lost', chance }]).commands.at(-1)
    expect(waitAt(0)).toEqual({ do: 'wait', ms: 500 })
    expect(waitAt(1)).toEqual({ do: 'wait', ms: 1_000 })
  })

  it('forgets its failures once something has moved', () => {
    const { state } = run([{ is: 'turn' }, lost, lost, { is: 'moved', sent: 10, at: 5 }])
    expect(state).toMatchObject({ phase: 'sending', tries: 0 })
  })

  it('goes back to what the server has after a cut, and measures its pace anew', () => {
    const { state } = run([
      { is: 'turn' },
      { is: 'moved', sent: 0, at: 0 },
      { is: 'moved', sent: 80, at: 2_000 },
      lost,
      { is: 'moved', sent: 50, at: 3_000 },
    ])
    expect(state).toMatchObject({ sent: 50, pace: [{ at: 3_000, sent: 50 }] })
  })

  it('stops when paused, hears nothing of what was under way, and queues again', () => {
    const { state, commands } = run([
      { is: 'turn' },
      { is: 'pause' },
      { is: 'moved', sent: 70, at: 1 },
      lost,
      { is: 'refused', reason: 'file_content' },
      { is: 'go-on' },
    ])
    expect(state).toMatchObject({ phase: 'queued', sent: 0 })
    expect(commands).toEqual([{ do: 'send' }, { do: 'stop' }])
  })

  it('has arrived even when its last answer comes during a pause', () => {
    expect(run([{ is: 'turn' }, { is: 'pause' }, { is: 'arrived' }]).state.phase).toBe('arrived')
  })

  it('waits for another window, and ends with it', () => {
    const busy: UploadEvent = { is: 'busy', where: 'browser' }
    const { state, commands } = run([{ is: 'turn' }, busy, { is: 'try-again' }, { is: 'gone' }])
    expect(state.phase).toBe('ended')
    expect(commands.map((each) => each.do)).toEqual(['send', 'wait', 'send'])
  })

  it('takes itself for the other writer until the server has noticed its dead line', () => {
    const busy: UploadEvent = { is: 'busy', where: 'server' }
    expect(run([{ is: 'turn' }, lost, busy]).state.phase).toBe('waiting')
    expect(run([{ is: 'turn' }, busy, busy, busy, busy, busy]).state.phase).toBe('elsewhere')
  })

  it('starts afresh when the server has thrown away a part of it', () => {
    const { state, commands } = run([
      { is: 'turn' },
      { is: 'moved', sent: 60, at: 1 },
      { is: 'gone' },
    ])
    expect(state).toMatchObject({ phase: 'sending', sent: 0 })
    expect(commands.at(-1)).toEqual({ do: 'send-afresh' })
  })

  it('has arrived when all of it had left and only the answer was lost', () => {
    const events: UploadEvent[] = [
      { is: 'turn' },
      { is: 'moved', sent: 100, at: 1 },
      { is: 'gone' },
    ]
    expect(run(events).state.phase).toBe('arrived')
  })

  it('may be tried again after what passes by itself, not after what its content is refused for', () => {
    const triedAfter = (reason: 'too_many_requests' | 'file_content') =>
      run([{ is: 'turn' }, { is: 'refused', reason }, { is: 'go-on' }]).state.phase
    expect(triedAfter('too_many_requests')).toBe('queued')
    expect(triedAfter('file_content')).toBe('refused')
  })

  it('is deleted when given up, and comes to life by nothing after it', () => {
    const anything = fc.constantFrom<UploadEvent>(
      { is: 'turn' },
      { is: 'moved', sent: 10, at: 9 },
      lost,
      { is: 'try-again' },
      { is: 'busy', where: 'browser' },
      { is: 'gone' },
      { is: 'refused', reason: 'file_type' },
      { is: 'arrived' },
      { is: 'pause' },
      { is: 'go-on' },
    )
    fc.assert(
      fc.property(fc.array(anything), fc.array(anything), (before, after) => {
        const early = run(before)
        const late = run([...before, { is: 'give-up' }, ...after])
        const wasOver = early.state.phase === 'arrived' || early.state.phase === 'ended'
        expect(late.state.phase).toBe(wasOver ? early.state.phase : 'dropped')
        const ofLate = late.commands.slice(early.commands.length)
        expect(ofLate).toEqual(wasOver ? [] : [{ do: 'delete' }])
      }),
    )
  })

  it('says how long it takes by the pace of the last seconds', () => {
    const pace = [
      { at: 0, sent: 0 },
      { at: 2_000, sent: 20 },
    ]
    const state: UploadState = { ...queuedUpload(100), sent: 20, pace }
    expect(secondsLeft(state)).toBe(8)
    expect(secondsLeft({ ...state, pace: [] })).toBeNull()
  })
})

describe('what a server answers', () => {
  const problem = (code: string) => JSON.stringify({ code })

  it.each([
    ['nothing', null, true, 'line-lost'],
    ['an error of its own', { status: 503, body: problem('restarting') }, true, 'line-lost'],
    ['a lock', { status: 423, body: '' }, true, 'busy'],
    ['an unknown upload', { status: 404, body: '' }, true, 'gone'],
    ['an unknown item', { status: 404, body: problem('not_found') }, false, 'refused'],
    ['another offset', { status: 409, body: problem('conflict') }, true, 'line-lost'],
    ['a refusal', { status: 422, body: problem('file_bomb') }, true, 'refused'],
  ] as const)('%s: it is %s', (_name, heard, isKnown, is) => {
    expect(verdictOf(heard, isKnown).is).toBe(is)
  })

  it.each([
    ['its code', { status: 422, body: problem('file_bomb') }, 'file_bomb'],
    ['no body', { status: 422, body: '' }, 'file_content'],
    ['a code of somebody else', { status: 413, body: problem('constructor') }, 'too_large'],
    ['no code at all', { status: 403, body: 'null' }, 'forbidden'],
    ['an unknown status', { status: 418, body: '<html>' }, 'unexpected'],
  ] as const)('is understood with %s', (_name, heard, reason) => {
    expect(verdictOf(heard, false)).toEqual({ is: 'refused', reason })
  })
})

describe('a file', () => {
  it('is taken by the same endings and sizes as on the server', () => {
    const onServer = Object.entries(FILE_TYPES).map(([ending, { most }]) => [ending, most])
    expect(Object.entries(ACCEPTED).sort()).toEqual(onServer.sort())
  })

  it.each([
    ['leaflet.PDF', 10, null],
    ['leaflet.exe', 10, 'file_type'],
    ['pdf', 10, 'file_type'],
    ['leaflet.constructor', 10, 'file_type'],
    ['leaflet.pdf', 0, 'file_empty'],
    ['leaflet.txt', 5_000_001, 'too_large'],
  ] as const)('%s of %d bytes is refused for %s', (name, size, reason) => {
    expect(refusedBeforeSending({ name, size })).toBe(reason)
  })

  const begun = {
    id: '0'.repeat(24),
    resourceId: '1'.repeat(24),
    name: 'Памятка й.pdf',
    bytes: 10,
    received: 4,
    lang: 'ru',
    startedAt: '2026-11-22T10:00:00.000Z',
  } as const
  const saved = Date.parse(begun.startedAt)

  it.each([
    ['itself', { name: begun.name, size: 10, lastModified: saved - 1 }, true],
    [
      'itself as a Mac writes its name',
      { name: begun.name.normalize('NFD'), size: 10, lastModified: 0 },
      true,
    ],
    ['another size', { name: begun.name, size: 11, lastModified: 0 }, false],
    ['another name', { name: 'other.pdf', size: 10, lastModified: 0 }, false],
    ['one saved anew since', { name: begun.name, size: 10, lastModified: saved + 120_000 }, false],
  ] as const)('is known again: %s', (_name, file, same) => {
    expect(isSameFile(begun, file)).toBe(same)
  })

  it('goes on only in the language it was begun for', () => {
    const file = { name: begun.name, size: 10, lastModified: 0 }
    expect(matchingUpload([begun], { file, lang: 'ru' })).toBe(begun)
    expect(matchingUpload([begun], { file, lang: 'en' })).toBeUndefined()
  })
})

describe('several files', () => {
  function desk() {
    const sent: Upload[] = []
    const hears = new Map<string, (event: UploadEvent) => void>()
    const removed: string[] = []
    const it = new UploadDesk({
      send(upload, hear) {
        sent.push(upload)
        hears.set(upload.job.file.name, hear)
        return () => hears.delete(upload.job.file.name)
      },
      async remove(id) {
        removed.push(id)
      },
      onArrived() {},
    })
    const add = (name: string, id?: string) =>
      it.add(
        {
          file: new File(['0123456789'], name),
          resourceId: '',
          lang: 'en',
          status: 'draft',
          isSaving: false,
        },
        id,
      )
    const names = () => sent.map(({ job }) => job.file.name)
    return {
      it,
      add,
      names,
      removed,
      hear: (name: string, event: UploadEvent) => hears.get(name)?.(event),
    }
  }

  it('are sent one after another', () => {
    const { add, names, hear } = desk()
    for (const name of ['a', 'b', 'c']) add(name)
    expect(names()).toEqual(['a'])
    hear('a', { is: 'arrived' })
    hear('b', { is: 'refused', reason: 'file_content' })
    expect(names()).toEqual(['a', 'b', 'c'])
  })

  it('do not wait for one that is paused', () => {
    const { it: uploads, add, names } = desk()
    add('a')
    add('b')
    uploads.tell('upload-1', { is: 'pause' })
    expect(names()).toEqual(['a', 'b'])
    uploads.tell('upload-1', { is: 'go-on' })
    expect(names()).toEqual(['a', 'b'])
  })

  it('lose no place to the line going away and coming back', () => {
    const { it: uploads, add, names } = desk()
    add('a')
    add('b')
    uploads.lineIs(false)
    expect(uploads.list().map(({ state }) => state.phase)).toEqual(['waiting', 'queued'])
    uploads.lineIs(true)
    expect(names()).toEqual(['a', 'a'])
    uploads.close()
  })

  it('are taken off the server when given up', () => {
    const { it: uploads, add, removed } = desk()
    add('a', '2'.repeat(24))
    uploads.tell('upload-1', { is: 'give-up' })
    expect(removed).toEqual(['2'.repeat(24)])
    expect(uploads.list()).toEqual([])
  })
})
