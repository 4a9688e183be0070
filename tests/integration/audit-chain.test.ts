import fc from 'fast-check'
import type { ClientSession, Types } from 'mongoose'
import { beforeEach, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { verifyDatabase, verifyFile } from '../../scripts/record/verify.js'
import { recordAudit } from '../../server/services/audit'
import { inTransaction } from '../../server/services/transaction'
import { emptyRecord, recordFacts } from '../fixtures/record'
import { createWorld, type World } from '../setup/world'

let world: World
let by: string
beforeEach(async () => {
  world = await createWorld()
  by = (await world.member('coordinator')).userId
  await emptyRecord()
})

const verify = () => verifyDatabase(world.db)
const rows = () => world.db.collection<Row>('audit_entries')
type Row = {
  _id: Types.ObjectId
  seq: number
  hash: string
  ownSeq: number
  [key: string]: unknown
}

describe('the sealer', () => {
  it('chains what waits, once, by the installation and by the partnership', async () => {
    await recordFacts(world, 12, by)
    expect(await world.services.record.sealRecord()).toBe(12)
    expect(await world.services.record.sealRecord()).toBe(0)

    const verdict = await verify()
    expect(verdict).toMatchObject({ rows: 12, waiting: 0, broken: null })
    const ends = Object.fromEntries(Object.entries(verdict.heads).map(([id, { seq }]) => [id, seq]))
    expect(ends).toEqual({ installation: 12, [world.partnershipId]: 4, programme: 8 })
  })

  it('gives every row one place when several seal at once and others write meanwhile', async () => {
    const writing = recordFacts(world, 60, by)
    const sealing = Array.from({ length: 5 }, async () => {
      let sealed = 0
      for (let n = 0; n < 5; n++) sealed += await world.services.record.sealRecord()
      return sealed
    })
    const counts = await Promise.all(sealing)
    await writing
    const rest = await world.services.record.sealRecord()
    expect(counts.reduce((sum, each) => sum + each, rest)).toBe(60)
    expect(await verify()).toMatchObject({ rows: 60, waiting: 0, broken: null })
  })

  it('gives a fact that commits late a later place, and none to one that never does', async () => {
    const fact = { kind: 'code:asked', by } as const
    await inTransaction(async (session: ClientSession) => {
      await recordAudit(world, fact, session)
      await recordFacts(world, 3, by)
      await world.services.record.sealRecord()
    })
    const undone = inTransaction(async (session: ClientSession) => {
      await recordAudit(world, fact, session)
      throw new Error('changed my mind')
    })
    await expect(undone).rejects.toThrow('changed my mind')
    await world.services.record.sealRecord()

    const late = await AuditEntry.findOne({ kind: 'code:asked' }).lean()
    expect(late?.seq).toBe(4)
    expect(await verify()).toMatchObject({ rows: 4, waiting: 0, broken: null })
  })

  it('looks at one entry of an index when there is nothing to do', async () => {
    await recordFacts(world, 30, by)
    await world.services.record.sealRecord()
    const plan = await AuditEntry.find({ seq: null }).limit(1).explain('executionStats')
    expect(plan).toMatchObject({ executionStats: { totalDocsExamined: 0 } })
  })
})

describe('the check', () => {
  const at = fc.nat({ max: 23 })
  const harms = fc.oneof(
    fc.record({ harm: fc.constant('remove' as const), at }),
    fc.record({ harm: fc.constant('insert' as const), at }),
    fc.record({ harm: fc.constant('swap' as const), at: fc.nat({ max: 22 }) }),
    fc.record({
      harm: fc.constant('change' as const),
      at,
      set: fc.oneof(
        fc.record({ at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(1e12) }) }),
        fc.record({ kind: fc.constantFrom('mail:read', 'member:left') }),
        fc.record({ 'detail.x': fc.string({ maxLength: 5 }) }),
        fc.record({ 'subject.user': fc.constant('0'.repeat(24)) }),
        fc.record({ by: fc.constant(null), detail: fc.constant({}) }),
        fc.record({ hash: fc.constant('a'.repeat(64)) }),
        fc.record({ ownHash: fc.constant('b'.repeat(64)) }),
        fc.record({ ownSeq: fc.constant(999) }),
        fc.record({ seq: fc.constant(999) }),
      ),
    }),
  )

  it('finds any one row that was changed, removed, inserted or moved', async () => {
    await recordFacts(world, 24, by)
    await world.services.record.sealRecord()
    const whole = await rows().find().sort({ seq: 1 }).toArray()
    const restore = async () => {
      await rows().deleteMany({})
      await rows().insertMany(whole)
    }
    await fc.assert(
      fc.asyncProperty(harms, async (harm) => {
        const row = whole[harm.at]
        if (!row) throw new Error('no such row')
        if (harm.harm === 'remove') await rows().deleteOne({ _id: row._id })
        if (harm.harm === 'change') await rows().updateOne({ _id: row._id }, { $set: harm.set })
        if (harm.harm === 'insert') await insertBefore(row)
        if (harm.harm === 'swap') await swap(row, whole[harm.at + 1])
        const { broken } = await verify()
        await restore()
        expect(broken).not.toBeNull()
      }),
      { numRuns: 60 },
    )
    expect(await verify()).toMatchObject({ rows: 24, broken: null })
  })

  /** Everything after it moves up, as somebody would who wants no gap. */
  async function insertBefore({ _id, seq, ...fields }: Row) {
    const later = await rows()
      .find({ seq: { $gte: seq } })
      .sort({ seq: -1 })
      .toArray()
    for (const each of later) {
      await rows().updateOne({ _id: each._id }, { $set: { seq: each.seq + 1 } })
    }
    await rows().insertOne({
      ...fields,
      _id: new AuditEntry()._id,
      seq,
      ownSeq: 10_000 + seq,
    } as Row)
  }

  async function swap(one: Row, other: Row | undefined) {
    if (!other) throw new Error('no such row')
    await rows().updateOne({ _id: one._id }, { $set: { seq: -1 } })
    await rows().updateOne({ _id: other._id }, { $set: { seq: one.seq } })
    await rows().updateOne({ _id: one._id }, { $set: { seq: other.seq } })
  }

  it('finds rows cut off at the end by the head that is kept apart', async () => {
    await recordFacts(world, 9, by)
    await world.services.record.sealRecord()
    await rows().deleteMany({ seq: { $gt: 6 } })
    expect((await verify()).broken).toContain('the head is at row 9, the last row is 6')
  })

  it('finds a head that was moved back with the rows by one that somebody has kept', async () => {
    await recordFacts(world, 6, by)
    await world.services.record.sealRecord()
    const seals = world.db.collection('audit_seals')
    const earlier = await seals.find().toArray()
    await recordFacts(world, 3, by)
    await world.services.record.sealRecord()
    const { heads } = await verify()
    const kept = { chain: 'installation', ...heads.installation, seq: 9 }
    expect((await verifyDatabase(world.db, [{ hash: '', ...kept }])).broken).toBeNull()

    await rows().deleteMany({ seq: { $gt: 6 } })
    await seals.deleteMany({})
    await seals.insertMany(earlier)
    expect((await verify()).broken).toBeNull()
    expect((await verifyDatabase(world.db, [{ hash: '', ...kept }])).broken).toContain('number 9')
    // what has been written again since is another row
    await recordFacts(world, 3, by)
    await world.services.record.sealRecord()
    expect((await verifyDatabase(world.db, [{ hash: '', ...kept }])).broken).toContain('another')
  })

  it('seals nothing more while the head is gone', async () => {
    await recordFacts(world, 3, by)
    await world.services.record.sealRecord()
    await world.db.collection('audit_seals').deleteMany({})
    await recordFacts(world, 3, by)
    await expect(world.services.record.sealRecord()).rejects.toThrow('no head')
    expect((await verify()).broken).toContain('the head is at row 0')
  })
})

describe('an exported file', () => {
  it('is checked by itself, and any change of it is found', async () => {
    const coordinator = await world.member('coordinator')
    await recordFacts(world, 24, by)
    const { lines } = await world.services.record.exportRecord(
      coordinator,
      world.partnershipId,
      'json',
    )
    let text = ''
    for await (const line of lines) text += line
    expect(verifyFile(text)).toMatchObject({ rows: 9, broken: null })

    const file = JSON.parse(text)
    const harmed = (change: (file: { rows: object[]; head: { seq: number } }) => void) => {
      const copy = structuredClone(file)
      change(copy)
      return verifyFile(JSON.stringify(copy)).broken
    }
    expect(harmed(() => {})).toBeNull()
    expect(harmed(({ rows }) => rows.splice(3, 1))).not.toBeNull()
    expect(harmed(({ rows }) => rows.reverse())).not.toBeNull()
    expect(harmed(({ rows }) => rows.pop())).not.toBeNull()
    expect(harmed(({ rows }) => Object.assign(rows[2] ?? {}, { by: null }))).not.toBeNull()
    expect(harmed(({ rows }) => Object.assign(rows[2] ?? {}, { more: 1 }))).not.toBeNull()
    expect(verifyFile(text.slice(0, -10)).broken).not.toBeNull()
    expect(verifyFile('[]').broken).not.toBeNull()
    expect(verifyFile('null').broken).not.toBeNull()
  })
})
