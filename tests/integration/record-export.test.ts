import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { verifyFile } from '../../scripts/record/verify.js'
import { recordAudit } from '../../server/services/audit'
import { csvLine } from '../../server/services/record-csv'
import type { Actor } from '../../shared/actor'
import { emptyRecord, recordFacts } from '../fixtures/record'
import { createWorld, type World } from '../setup/world'

let world: World
let origin: string
let coordinator: Actor
beforeAll(async () => {
  world = await createWorld()
  origin = (await world.serve()).origin
})
beforeEach(async () => {
  coordinator = await world.member('coordinator')
  await emptyRecord()
})

async function take(actor: Actor | null, file: string, method = 'GET') {
  const headers = actor ? { cookie: await world.cookie(actor) } : { cookie: '' }
  return fetch(`${origin}/record-exports/${file}`, { headers, method })
}

describe('the record as a file', () => {
  it('is JSON that proves itself, with its own taking as the last row', async () => {
    await recordFacts(world, 30, coordinator.userId)
    const answer = await take(coordinator, `${world.partnershipId}.json`)
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'private, no-store',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="twinward-record-test-[0-9a-f]{10}-\d{4}-\d\d-\d\d\.json"$/,
      ),
    })
    const text = await answer.text()
    expect(verifyFile(text)).toMatchObject({ rows: 11, broken: null })
    const { rows, people, installation } = JSON.parse(text)
    expect(rows.at(-1)).toMatchObject({ kind: 'record:exported', detail: { format: 'json' } })
    expect(people).toEqual({ [coordinator.userId]: 'Анна Проверкина' })
    expect(installation.seq).toBe(31)
    expect(rows.every((row: { partnership: string }) => row.partnership === world.partnershipId))
  })

  it('is a table for Excel in which nothing is a formula', async () => {
    const detail = { reason: '=HYPERLINK("http://x","a, b")\n+1' }
    const partnershipId = world.partnershipId
    await recordAudit(world, {
      kind: 'partnership:opened',
      partnershipId,
      by: coordinator.userId,
      detail,
    })
    const answer = await take(coordinator, `${partnershipId}.csv`)
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8')
    expect(text.startsWith('\ufeffnumber,time (UTC),kind,by,name,subject,detail,hash\r\n1,')).toBe(
      true,
    )
    expect(text).toContain('"reason: =HYPERLINK(""http://x"",""a, b"")\n+1"')
    expect(text.trimEnd().split('\r\n')).toHaveLength(3)
  })

  it('is limited, and what is refused is not recorded', async () => {
    for (let n = 0; n < 10; n++) await world.ports.limits.take('export', coordinator.userId)
    const answer = await take(coordinator, `${world.partnershipId}.csv`)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await AuditEntry.countDocuments({ kind: 'record:exported' })).toBe(0)
  })

  it('is cut off where it has come to when the right to it ends', async () => {
    const { partnershipId } = world
    // more than are read at once
    const facts = Array.from({ length: 520 }, () => ({ kind: 'partnership:opened' as const }))
    await Promise.all(facts.map((fact) => recordAudit(world, { ...fact, partnershipId, by: null })))
    const { exportRecord } = world.services.record
    const { lines } = await exportRecord(coordinator, partnershipId, 'csv')
    const why = new Promise((resolve) => lines.once('error', resolve))
    await lines[Symbol.asyncIterator]().next()
    await world.remove(coordinator)
    expect(await why).toMatchObject({ code: 'not_found' })
    const leaving = await world.member('coordinator')
    const whole = await exportRecord(leaving, partnershipId, 'csv')
    expect((await whole.lines.toArray()).length).toBeGreaterThan(520)
  })

  it('is for nobody else, by this door either', async () => {
    const file = `${world.partnershipId}.json`
    const statusOf = async (actor: Actor | null, name = file) => (await take(actor, name)).status
    for (const role of ['editor', 'reviewer', 'viewer', 'observer'] as const)
      expect(await statusOf(await world.member(role))).toBe(403)
    expect(await statusOf(await world.stranger())).toBe(404)
    expect(await statusOf(null)).toBe(401)
    expect(await statusOf(coordinator, 'programme.json')).toBe(404)
    expect(await statusOf(await world.admin(), 'programme.json')).toBe(200)
    expect(await statusOf(await world.admin())).toBe(200)
    for (const name of ['', 'x.json', `${world.partnershipId}.xml`, `${'0'.repeat(24)}.csv`, '%00'])
      expect([400, 404]).toContain(await statusOf(coordinator, name))
    expect((await take(coordinator, file, 'HEAD')).status).toBe(405)
    expect((await take(coordinator, file, 'DELETE')).status).toBe(405)
  })
})

describe('a line of CSV', () => {
  it('is read back as what was written, and begins no field as a formula would', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (fields) => {
        const line = csvLine(fields)
        expect(line.endsWith('\r\n')).toBe(true)
        const read = fieldsOf(line)
        expect(
          read.map((field, at) => (field === `'${fields[at]}` ? field.slice(1) : field)),
        ).toEqual(fields)
        expect(read.filter((field) => /^[=+\-@\t\r]/.test(field))).toEqual([])
      }),
    )
  })

  /** RFC 4180, as a spreadsheet reads it. */
  function fieldsOf(line: string): string[] {
    const found = `,${line.slice(0, -2)}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^,]*))/g)
    return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
  }
})
