import pino from 'pino'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Neighbours } from '../../server/collab/neighbours'
import type { Participant } from '../../server/collab/participant'
import type { Store } from '../../server/collab/persistence'
import { Room } from '../../server/collab/room'
import { bilingual, p } from '../fixtures/bilingual'
import { firstText, newId, readHeard, textOf } from '../fixtures/collab'

const log = pino({ level: 'silent' })
const at = { partnership: newId(), room: newId() }

function openRoom(): Room {
  const doc = bilingual([p('u1', 'Hello')], [p('u1', 'Привет')])
  const loaded = {
    doc,
    head: { gen: 1, epoch: 1 },
    seq: 1,
    base: 0,
    rows: 1,
    rowBytes: 100,
    bytes: 100,
    owners: new Map(),
    former: new Set(),
    extra: [],
    lastBy: null,
    packed: null,
    tail: [],
  } as unknown as ConstructorParameters<typeof Room>[1]
  const nothing = () => {}
  return new Room(
    at,
    loaded,
    {
      heavy: { compact: async () => undefined, rehearse: async () => null, close: async () => {} },
      clock: { now: () => new Date() },
      log,
      presenceMs: 10,
      repair: () => false,
      onStaged: nothing,
      onCommitted: nothing,
      onClosed: nothing,
      isOverloaded: () => false,
    },
    new Neighbours(at, {} as Store, undefined, log),
  )
}

/** A socket that keeps what it is sent in a document. */
function createGuest(doc = new Y.Doc()) {
  const take = (frame: Uint8Array) => {
    const heard = readHeard(frame)
    if (heard.kind === 'update' || heard.kind === 'step2') Y.applyUpdate(doc, heard.payload)
  }
  const guest: Participant = {
    user: newId(),
    wantsAcks: true,
    joined: false,
    mayWrite: () => true,
    send: take,
    write: (wire) => take(new Uint8Array(wire.subarray(wire[1] === 126 ? 4 : 2))),
    acknowledge: () => {},
    end: () => {},
    hold: () => {},
  }
  return { guest, doc, take }
}

/** What somebody elsewhere wrote after having seen the same document. */
function writeElsewhere(room: Room, word: string): Uint8Array {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room.doc))
  const before = Y.encodeStateVector(doc)
  firstText(doc).insert(0, word)
  return Y.encodeStateAsUpdate(doc, before)
}

describe('a room', () => {
  it('C74 gives newcomers what another process stored while their batch was on its way', async () => {
    const room = openRoom()
    const elsewhere = writeElsewhere(room, '|elsewhere|')
    const { guest, doc } = createGuest()
    room.participants.add(guest)
    const writing = room.edit((live) => firstText(live).insert(0, '|here|'))
    room.view((live) => {
      const state = Y.encodeStateAsUpdate(live)
      return () => {
        Y.applyUpdate(doc, state)
        guest.joined = true
      }
    })
    const row = room.cut()
    expect(row?._id.seq).toBe(2)
    room.readOn([{ seq: 2, update: elsewhere, by: [], epoch: 1, at: new Date() }])
    room.settle(row && { ...row, _id: { ...row._id, seq: 3 } }, 'ours')
    await writing
    expect(textOf(doc)).toContain('|here|')
    expect(textOf(doc)).toContain('|elsewhere|')
    expect(room.seq).toBe(3)
    room.leaveMemory()
  })

  it('C70 never counts back when another process was told of first', () => {
    const room = openRoom()
    void room.edit((live) => firstText(live).insert(0, '|here|')).catch(() => {})
    const row = room.cut()
    const ours = new Uint8Array(row?.u.value() ?? [])
    const next = writeElsewhere(room, '|elsewhere|')
    room.readOn([
      { seq: 2, update: ours, by: [], epoch: 1, at: new Date() },
      { seq: 3, update: next, by: [], epoch: 1, at: new Date() },
    ])
    room.settle(row, 'ours')
    expect(room.seq).toBe(3)
    room.leaveMemory()
  })
})
