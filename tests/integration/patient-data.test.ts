import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { AuditEntry } from '../../models/audit-entry'
import { Reply } from '../../models/reply'
import type { Actor } from '../../shared/actor'
import { ACKNOWLEDGED } from '../../shared/patient-data/kinds'
import { BILINGUAL, opening, posting, threadBy } from '../fixtures/discussions'
import { rowsWith } from '../fixtures/raw-scan'
import { encode, refusalOf, tusOf } from '../setup/tus'
import { createWorld, type World } from '../setup/world'

const TEXT = 'Пациент Соловейко Пётр Ильич, 01.02.1980 г.р., СНИЛС 112-233-445 95'
const acknowledged = ACKNOWLEDGED

let world: World
let editor: Actor
let coordinator: Actor
beforeAll(async () => {
  world = await createWorld()
  editor = await world.member('editor', 'a', BILINGUAL)
  coordinator = await world.member('coordinator')
})

const refusedFor = (...fields: [string, string][]) => ({
  code: 'patient_data',
  status: 422,
  detail: Object.fromEntries(fields),
})
const keptRows = () =>
  AuditEntry.find({ partnership: world.partnershipId, kind: 'patient-data:kept' }).lean()

describe('what looks like patient data', () => {
  it('is asked about in a post, and kept on the author’s word', async () => {
    const { discussions } = world.services
    const threadId = await threadBy(world, editor)
    const input = posting({ text: TEXT, lang: 'ru' })
    await expect(discussions.postReply(editor, threadId, input)).rejects.toMatchObject(
      refusedFor(['text', 'name-born snils']),
    )
    expect(await Reply.countDocuments({ clientKey: input.clientKey })).toBe(0)
    const posted = await discussions.postReply(editor, threadId, { ...input, acknowledged })
    expect(posted.text).toBe(TEXT)
    const [row] = await keptRows()
    expect(row).toMatchObject({
      subject: { thread: threadId, reply: posted.id },
      detail: { kinds: 'name-born snils' },
    })
    expect(JSON.stringify(row)).not.toContain('Соловейко')
    // the answer got lost: the same again is the same post, and is not asked about
    expect(await discussions.postReply(editor, threadId, input)).toMatchObject({ id: posted.id })
  })

  it('is asked about in an edit only where it is new', async () => {
    const { discussions } = world.services
    const threadId = await threadBy(world, editor)
    const post = posting({ text: TEXT, lang: 'ru', acknowledged })
    const { id: replyId } = await discussions.postReply(editor, threadId, post)
    const at = { threadId, replyId }
    await discussions.editReply(editor, at, `${TEXT}. Уточнено.`)
    const more = `${TEXT}. MRN 00123456`
    await expect(discussions.editReply(editor, at, more)).rejects.toMatchObject(
      refusedFor(['text', 'mrn']),
    )
    await discussions.editReply(editor, at, more, { acknowledged })
  })

  it('is asked about in a translation', async () => {
    const { discussions } = world.services
    const threadId = await threadBy(world, editor)
    const reply = await discussions.postReply(editor, threadId, posting({ text: 'Who is it?' }))
    const at = { threadId, replyId: reply.id }
    await expect(discussions.translateReply(editor, at, TEXT)).rejects.toMatchObject(
      refusedFor(['text', 'name-born snils']),
    )
    await discussions.translateReply(editor, at, TEXT, { acknowledged })
  })

  it('is asked about in titles and descriptions, field by field', async () => {
    const { discussions, resources, protocols } = world.services
    const { partnershipId } = world
    await expect(
      discussions.createThread(editor, partnershipId, opening({ titleRu: TEXT })),
    ).rejects.toMatchObject(refusedFor(['titleRu', 'name-born snils']))
    const described = { titleEn: 'Leaflet', titleRu: '', aboutEn: 'MRN 123456', aboutRu: TEXT }
    const resource = { ...described, kind: 'leaflet' as const, clientKey: randomUUID() }
    await expect(
      resources.createResource(coordinator, partnershipId, resource),
    ).rejects.toMatchObject(refusedFor(['aboutEn', 'mrn'], ['aboutRu', 'name-born snils']))
    const title = { titleEn: 'SSN 123-45-6789', titleRu: '', clientKey: randomUUID() }
    await expect(protocols.createProtocol(coordinator, partnershipId, title)).rejects.toMatchObject(
      refusedFor(['titleEn', 'ssn']),
    )
    const { id } = await protocols.createProtocol(coordinator, partnershipId, {
      ...title,
      acknowledged,
    })
    // as it was: not asked about once more
    await protocols.renameProtocol(coordinator, id, { ...title, titleRu: 'Новое' })
    await expect(
      protocols.renameProtocol(coordinator, id, { ...title, titleRu: TEXT }),
    ).rejects.toMatchObject(refusedFor(['titleRu', 'name-born snils']))
  })

  it('is asked about in the name of a file before a byte of it comes', async () => {
    const { origin } = await world.serve()
    const tus = tusOf(origin, await world.cookie(coordinator))
    const item = { titleEn: 'Forms', titleRu: '', aboutEn: '', aboutRu: '', kind: 'form' as const }
    const { id: resourceId } = await world.services.resources.createResource(
      coordinator,
      world.partnershipId,
      { ...item, clientKey: randomUUID() },
    )
    const named = { resourceId, lang: 'ru', status: 'original' }
    const filename = 'Соловейко_Пётр_Ильич_01.02.1980.pdf'
    const refused = await tus.create(10, { ...named, filename })
    expect(await refusalOf(refused)).toEqual([422, 'patient_data'])
    const kept = await tus.create(10, { ...named, filename, acknowledged })
    expect(kept.status).toBe(201)
    // nothing else may be said in its place
    const wrong = encode({ ...named, filename, acknowledged: 'yes' })
    const answer = await tus.send('POST', '/uploads', {
      'upload-length': '9',
      'upload-metadata': wrong,
    })
    expect((await refusalOf(answer))[1]).toBe('malformed_upload')
  })

  it('is asked about over the interface, with the kinds and no word of the text', async () => {
    const { origin } = await world.serve()
    const threadId = await threadBy(world, editor)
    const cookie = await world.cookie(editor)
    const post = (body: object) =>
      fetch(`${origin}/api/v1/threads/${threadId}/replies`, {
        method: 'POST',
        headers: { cookie, origin, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const body = { text: TEXT, lang: 'ru', clientKey: randomUUID() }
    const refused = await post(body)
    expect(refused.status).toBe(422)
    const said = await refused.text()
    const Problem = z.object({ code: z.string(), detail: z.record(z.string(), z.string()) })
    expect(Problem.parse(JSON.parse(said))).toEqual({
      code: 'patient_data',
      detail: { text: 'name-born snils' },
    })
    expect(said).not.toContain('Соловейко')
    expect((await post({ ...body, acknowledged })).status).toBe(201)
  })

  it('never comes into the record', async () => {
    const rows = await rowsWith(world.db, ['соловейко'])
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.filter((row) => row.startsWith('audit'))).toEqual([])
  })
})
