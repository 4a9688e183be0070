import type { Db } from 'mongodb'
import pino from 'pino'
import * as Y from 'yjs'
import { keyOf, openStore } from '../../server/collab/persistence'
import { loadRoom } from '../../server/collab/persistence-load'
import { sha256 } from '../../server/collab/sha256'
import type { RoomAddress } from '../../server/ports'
import { BODY_ROOT, LEDGER_ROOT, META_ROOT } from '../../shared/editor/content'
import { isPromised, type Journal, plainOf, TOKEN, textsOf } from './journal'

/** Compaction by another process may take away what is being read; then it is read again. */
const LOAD_TRIES = 4

export type Findings = {
  /** Promised and missing, or promised to be deleted and there. */
  lost: string[]
  /** There more than once, or torn apart. */
  doubled: string[]
  notConverged: string[]
  /** Rows that are damaged, missing or there twice; a document that cannot be rebuilt. */
  storage: string[]
}

export const noFindings = (): Findings => ({
  lost: [],
  doubled: [],
  notConverged: [],
  storage: [],
})

export function isClean({ lost, doubled, notConverged, storage }: Findings): boolean {
  return lost.length + doubled.length + notConverged.length + storage.length === 0
}

/** What has been promised by now; judged later, since documents only grow. */
export type Promises = { token: string; rule: 'there' | 'gone' | 'known'; why: string }[]

export type Known = { clients: ReadonlyMap<number, number>; promises: Promises }

/** @param seed the text without any token */
export class Oracle {
  constructor(
    private readonly journal: Journal,
    private readonly seed: string,
  ) {}

  /** Everything acknowledged to its author, or shown to somebody else, up to this moment. */
  promised(): Known {
    const promises: Promises = []
    const clients = new Map<number, number>()
    for (const op of this.journal.ops) {
      if (!isPromised(op)) continue
      const why = op.seenBy ? `seen by ${op.seenBy}` : 'acknowledged'
      if (op.kind === 'delete') promises.push({ token: op.token, rule: 'gone', why })
      else {
        const { client, end } = op
        clients.set(client, Math.max(end, clients.get(client) ?? 0))
        if (op.kind === 'insert') promises.push({ token: op.token, rule: 'there', why })
      }
    }
    return { clients, promises }
  }

  /** Holds a document against what had been promised. */
  judge(doc: Y.Doc, { clients, promises }: Known, where: string, found: Findings): void {
    const plain = textsOf(doc).map(plainOf).join('\n')
    const counts = new Map<string, number>()
    for (const [token] of plain.matchAll(TOKEN)) counts.set(token, (counts.get(token) ?? 0) + 1)
    for (const { token, rule, why } of promises) {
      const count = counts.get(token) ?? 0
      const isDoomed = this.journal.doomed.has(token)
      if (rule === 'there' && count === 0 && !isDoomed) {
        found.lost.push(`${token}, ${why}, is missing in ${where}`)
      }
      if (rule === 'gone' && count > 0) {
        found.lost.push(`the deletion of ${token}, ${why}, is undone in ${where}`)
      }
    }
    for (const [client, end] of clients) {
      const state = Y.getState(doc.store, client)
      if (state >= end) continue
      found.lost.push(`${where} knows ${state} of ${end} changes of client ${client}`)
    }
    for (const [token, count] of counts) {
      if (count > 1) found.doubled.push(`${token} stands ${count} times in ${where}`)
    }
    if (plain.replaceAll(TOKEN, '') !== this.seed) {
      found.doubled.push(`${where} has more or less than tokens: ${torn(plain, this.seed)}`)
    }
  }
}

function torn(plain: string, seed: string): string {
  const rest = plain.replaceAll(TOKEN, '')
  let i = 0
  while (i < rest.length && rest[i] === seed[i]) i++
  return JSON.stringify(rest.slice(Math.max(0, i - 10), i + 50))
}

/** Holds all documents of a room against one another, as docs/fault-tests.md defines converged. */
export function compare(docs: ReadonlyMap<string, Y.Doc>, found: Findings): void {
  const all = [...docs].map(([name, doc]) => ({ name, ...whole(doc) }))
  for (const { name, isPending } of all) {
    if (isPending) found.notConverged.push(`${name} waits for something it lacks`)
  }
  for (const [i, a] of all.entries()) {
    for (const b of all.slice(i + 1)) {
      const differs = [
        a.vector.equals(b.vector) ? '' : 'state vectors',
        Y.equalSnapshots(a.snapshot, b.snapshot) ? '' : 'snapshots',
        a.json === b.json ? '' : 'contents',
      ].filter(Boolean)
      if (differs.length > 0) {
        found.notConverged.push(`${a.name} and ${b.name} differ in ${differs.join(', ')}`)
      }
    }
  }
}

/** Cheap enough to be asked again and again while waiting. */
export function isSame(a: Y.Doc, b: Y.Doc): boolean {
  return Y.equalSnapshots(Y.snapshot(a), Y.snapshot(b))
}

function whole(doc: Y.Doc) {
  const roots = [
    ...Object.values(BODY_ROOT).map((root) => doc.getXmlFragment(root).toJSON()),
    ...[LEDGER_ROOT, META_ROOT].map((root) => doc.getMap(root).toJSON()),
  ]
  return {
    isPending: doc.store.pendingStructs !== null || doc.store.pendingDs !== null,
    vector: Buffer.from(Y.encodeStateVector(doc)),
    snapshot: Y.snapshot(doc),
    json: JSON.stringify([[...doc.share.keys()].sort(), roots]),
  }
}

/** The document as the database alone gives it. */
export async function rebuilt(db: Db, at: RoomAddress): Promise<Y.Doc> {
  let last: unknown
  for (let i = 0; i < LOAD_TRIES; i++) {
    try {
      return (await loadRoom(openStore(db), at, pino({ level: 'silent' }))).doc
    } catch (error) {
      last = error
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw last
}

/** Every row is what it was hashed as, and none is missing between the first and the last. */
export async function examineLog(db: Db, at: RoomAddress, found: Findings): Promise<void> {
  const store = openStore(db)
  const { p, room } = keyOf(at)
  const rows = await store.log.find({ '_id.p': p, '_id.room': room }).sort({ _id: 1 }).toArray()
  for (const [i, row] of rows.entries()) {
    const update = new Uint8Array(row.u.value())
    if (sha256(update) !== row.sha256) found.storage.push(`row ${row._id.seq} is damaged`)
    const before = rows[i - 1]?._id
    if (before?.gen !== row._id.gen) continue
    if (before.seq === row._id.seq) found.storage.push(`row ${before.seq} is there twice`)
    else if (before.seq + 1 !== row._id.seq) {
      found.storage.push(`there is nothing between rows ${before.seq} and ${row._id.seq}`)
    }
  }
}
