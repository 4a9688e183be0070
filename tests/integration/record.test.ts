import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { Types } from 'mongoose'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { recordAudit } from '../../server/services/audit'
import { endOfDay, startOfDay } from '../../server/services/record-days'
import type { Actor } from '../../shared/actor'
import { AUDIT_KINDS } from '../../shared/audit'
import { emptyRecord, recordFacts } from '../fixtures/record'
import { pathOf, tusOf } from '../setup/tus'
import { createWorld, type World } from '../setup/world'

let world: World
let coordinator: Actor
let editor: Actor
beforeAll(async () => {
  world = await createWorld()
  coordinator = await world.member('coordinator')
  editor = await world.member('editor')
})
beforeEach(emptyRecord)

const list = (query: object = {}, limit?: number) =>
  world.services.record.listRecord(coordinator, world.partnershipId, query, limit)

/** A row of another time. */
async function rowAt(at: string, kind: 'member:left' | 'draft:viewed', by = editor.userId) {
  const fact = { kind, partnershipId: world.partnershipId, by }
  await recordAudit({ clock: { now: () => new Date(at) } }, fact)
}

describe('the record', () => {
  it('is read newest first, page by page, while others add to it', async () => {
    for (let n = 0; n < 5; n++) await rowAt(`2026-01-0${n + 1}T10:00:00Z`, 'member:left')
    // two at one moment
    await rowAt('2026-01-05T10:00:00Z', 'draft:viewed')
    const seen: string[] = []
    let cursor = ''
    do {
      const page = await list({ cursor }, 2)
      seen.push(...page.rows.map(({ at, id }) => `${at} ${id}`))
      cursor = page.next ?? ''
      await rowAt('2026-02-01T10:00:00Z', 'member:left')
    } while (cursor)
    expect(seen).toHaveLength(6)
    expect(new Set(seen).size).toBe(6)
    expect(seen).toEqual([...seen].sort().reverse())
  })

  it('is narrowed by group, by person and by days of the reader’s zone', async () => {
    const other = await world.member('viewer')
    await rowAt('2026-03-01T20:59:59.999Z', 'member:left')
    await rowAt('2026-03-01T21:00:00Z', 'draft:viewed')
    await rowAt('2026-03-02T20:59:59.999Z', 'member:left', other.userId)
    await rowAt('2026-03-02T21:00:00Z', 'member:left')
    const times = async (query: object) => (await list(query)).rows.map(({ at }) => at)
    expect(coordinator.timeZone).toBe('Europe/Moscow')
    expect(await times({ from: '2026-03-02', to: '2026-03-02' })).toEqual([
      '2026-03-02T20:59:59.999Z',
      '2026-03-01T21:00:00.000Z',
    ])
    expect(await times({ group: 'content' })).toEqual(['2026-03-01T21:00:00.000Z'])
    expect(await times({ by: other.userId })).toEqual(['2026-03-02T20:59:59.999Z'])
    expect(await times({ by: other.userId, group: 'content' })).toEqual([])
    expect([...(await list()).doers].sort()).toEqual([editor.userId, other.userId].sort())
  })

  it('looks at no more rows than it shows, whatever is asked', async () => {
    // with few rows the database may as well sort them all, and does
    for (let n = 0; n < 200; n++) {
      await rowAt(
        new Date(Date.UTC(2026, 0, 1, n)).toISOString(),
        n % 2 ? 'member:left' : 'draft:viewed',
      )
    }
    await recordFacts(world, 200, editor.userId)
    const watched: { docsExamined?: number; planSummary?: string; hasSortStage?: boolean }[] = []
    await world.db.command({ profile: 2 })
    const queries = [
      {},
      { group: 'content' },
      { by: editor.userId },
      { by: editor.userId, group: 'people' },
      { from: '2026-01-01', to: '2026-01-03' },
      { group: 'people', from: '2026-01-02' },
    ]
    for (const query of queries) {
      const { next } = await list(query, 10)
      if (next) await list({ ...query, cursor: next }, 10)
    }
    await world.db.command({ profile: 0 })
    const seen = world.db.collection('system.profile').find({ ns: /audit_entries$/, op: 'query' })
    for await (const { docsExamined, planSummary, hasSortStage } of seen) {
      watched.push({ docsExamined, planSummary, hasSortStage })
    }
    await world.db.collection('system.profile').drop()
    expect(watched.length).toBeGreaterThanOrEqual(queries.length * 2 - 2)
    for (const { docsExamined = 99, planSummary, hasSortStage } of watched) {
      expect([planSummary, docsExamined <= 12, hasSortStage]).toEqual([
        expect.stringMatching(/^IXSCAN/),
        true,
        undefined,
      ])
    }
  })

  it.each([
    { group: 'nothing' },
    { by: { $ne: null } },
    { by: 'x' },
    { from: '2026-02-30' },
    { from: '1999-01-01' },
    { to: 'tomorrow' },
    { cursor: '!' },
    { cursor: 'abc' },
    { cursor: 'x'.repeat(300) },
    { group: ['content', 'people'] },
  ])('refuses %o', async (query) => {
    await expect(list(query)).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('is for coordinators and the programme; how people sign in is the programme’s alone', async () => {
    await recordFacts(world, 6, editor.userId)
    const read = (actor: Actor, partnershipId: string | null) =>
      world.services.record.listRecord(actor, partnershipId, {}).then(
        ({ rows }) => rows.map(({ kind }) => kind),
        (error: { code: string }) => error.code,
      )
    const [admin, removed] = [await world.admin(), await world.member('editor')]
    await world.remove(removed)
    const gone = { ...removed, memberships: [{ ...removed.memberships[0], status: 'removed' }] }
    const own = ['member:role-changed', 'member:role-changed']
    expect(await read(coordinator, world.partnershipId)).toEqual(own)
    expect(await read(admin, world.partnershipId)).toEqual(own)
    for (const role of ['editor', 'reviewer', 'viewer', 'observer'] as const)
      expect(await read(await world.member(role), world.partnershipId)).toBe('forbidden')
    expect(await read(await world.stranger(), world.partnershipId)).toBe('not_found')
    expect(await read(gone as Actor, world.partnershipId)).toBe('not_found')
    const elsewhere = await createWorld()
    expect(await read(await elsewhere.member('coordinator'), world.partnershipId)).toBe('not_found')

    expect((await read(admin, null)).includes('session:begun')).toBe(true)
    expect(await read(coordinator, null)).toBe('not_found')
    const mine = await world.services.record.listOwnSignIns(editor)
    expect(mine.map(({ kind }) => kind)).toEqual(['session:begun', 'session:begun'])
    expect(await world.services.record.listOwnSignIns(coordinator)).toEqual([])
    const byToken = { ...editor, scopes: ['protocol:open' as const] }
    await expect(world.services.record.listOwnSignIns(byToken)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('has every kind in one group alone', () => {
    expect(new Set(AUDIT_KINDS).size).toBe(AUDIT_KINDS.length)
  })

  it('cannot be changed by a slip of our own code', async () => {
    await recordFacts(world, 2, editor.userId)
    const row = await AuditEntry.findOne()
    const slips = [
      () => AuditEntry.updateOne({ _id: row?._id }, { $set: { kind: 'mail:read' } }),
      () => AuditEntry.updateMany({}, { $set: { by: null } }),
      () => AuditEntry.findByIdAndUpdate(row?._id, { $set: { by: null } }),
      () => AuditEntry.findOneAndDelete({ _id: row?._id }),
      () => AuditEntry.deleteOne({ _id: row?._id }),
      () => AuditEntry.deleteMany({}),
      () => AuditEntry.replaceOne({ _id: row?._id }, {}),
      () => AuditEntry.bulkWrite([{ deleteMany: { filter: {} } }]),
      () => row?.set('detail', {}).save(),
      () => row?.deleteOne(),
    ]
    for (const slip of slips) await expect(async () => slip()).rejects.toThrow('only ever added to')
    expect(await AuditEntry.countDocuments()).toBe(2)
  })
})

describe('a draft', () => {
  const views = () => AuditEntry.find({ kind: 'draft:viewed' }).lean()

  it('that somebody outside of it opens is recorded once a day, by whichever door', async () => {
    const { origin } = await world.serve()
    const id = await world.protocol()
    const viewer = await world.member('viewer')
    const headers = { cookie: await world.cookie(viewer) }
    const opened = await Promise.all([
      fetch(`${origin}/api/v1/protocols/${id}`, { headers }),
      fetch(`${origin}/api/v1/protocols/${id}/collab-access`, { headers }),
    ])
    expect(opened.map(({ status }) => status)).toEqual([200, 200])
    await world.services.protocols.readProtocol(viewer, id, world.partnershipId)
    expect(await views()).toMatchObject([
      {
        by: new Types.ObjectId(viewer.userId),
        subject: { protocol: id },
        detail: { as: 'viewer' },
      },
    ])
    const [row] = (await list()).rows
    expect((await list()).titles[id]).toEqual({ en: 'Missed doses', ru: 'Пропуск приёма' })
    expect(row?.kind).toBe('draft:viewed')
    const tomorrow = { ...world.ports, clock: { now: () => new Date(Date.now() + 86_400_000) } }
    const { noteDraftView } = await import('../../server/services/audit-drafts')
    const [_id, partnership] = [new Types.ObjectId(id), new Types.ObjectId(world.partnershipId)]
    await noteDraftView(tomorrow, viewer, { _id, partnership, status: 'draft' })
    expect(await views()).toHaveLength(2)
  })

  it('is opened by the programme only where it is seen', async () => {
    const id = await world.protocol({ status: 'in_review' })
    const admin = { ...(await world.admin()), opened: [world.partnershipId] }
    await world.services.protocols.admitToProtocol(admin, id)
    expect(await views()).toMatchObject([{ detail: { as: 'programmeAdmin', status: 'in_review' } }])
  })

  it('is no matter for the record when its own people open it, or when it is none', async () => {
    const id = await world.protocol()
    for (const role of ['coordinator', 'editor', 'reviewer'] as const) {
      await world.services.protocols.readProtocol(await world.member(role), id)
      await world.services.protocols.admitToProtocol(await world.member(role), id)
    }
    const approved = await world.protocol({ status: 'approved' })
    await world.services.protocols.readProtocol(await world.member('viewer'), approved)
    await world.services.protocols.readProtocol(await world.member('observer'), approved)
    const refused = world.services.protocols.readProtocol(await world.stranger(), id)
    await expect(refused).rejects.toMatchObject({ code: 'not_found' })
    expect(await views()).toEqual([])
  })
})

describe('a file', () => {
  it('whose content was refused is recorded, with the reason and without its name', async () => {
    const { origin } = await world.serve()
    const sender = await world.member('editor')
    const tus = tusOf(origin, await world.cookie(sender))
    const { id } = await world.services.resources.createResource(sender, world.partnershipId, {
      ...{ titleEn: 'Leaflet', titleRu: '', aboutEn: '', aboutRu: '' },
      kind: 'leaflet',
      clientKey: randomUUID(),
    })
    const said = { filename: 'ivanov-hiv.pdf', resourceId: id, lang: 'ru', status: 'draft' }
    const bytes = Buffer.from('<!doctype html>')
    const path = pathOf(await tus.create(bytes.length, said))
    for (let n = 0; n < 2; n++) expect((await tus.patch(path, 0, bytes)).status).toBe(422)
    const rows = await AuditEntry.find({ kind: 'file:refused' }).lean()
    expect(rows).toMatchObject([
      {
        by: new Types.ObjectId(sender.userId),
        subject: { resource: id },
        detail: { code: 'file_content' },
      },
    ])
    expect(JSON.stringify(rows)).not.toContain('ivanov')
  })
})

describe('a day somewhere', () => {
  it('begins and ends by the clocks there, and the next one follows it', () => {
    const zones = ['Europe/Moscow', 'America/New_York', 'Pacific/Apia', 'Asia/Kolkata', 'UTC']
    const date = fc
      .date({ min: new Date('2000-01-02'), max: new Date('2099-12-30'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10))
    fc.assert(
      fc.property(fc.constantFrom(...zones), date, (zone, day) => {
        const [from, to] = [startOfDay(day, zone), endOfDay(day, zone)]
        const dayOf = (at: number) =>
          new Intl.DateTimeFormat('sv', { timeZone: zone }).format(new Date(at))
        // Apia had no 30 December 2011
        if (zone === 'Pacific/Apia' && day.startsWith('2011-12')) return
        expect([dayOf(from.getTime()), dayOf(to.getTime() - 1)]).toEqual([day, day])
        expect(dayOf(from.getTime() - 1) < day && dayOf(to.getTime()) > day).toBe(true)
      }),
    )
  })
})
