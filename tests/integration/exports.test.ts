import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { strFromU8, unzipSync } from 'fflate'
import { Types } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Export } from '../../models/export'
import { Purge } from '../../models/purge'
import { SlideDeck } from '../../models/slide-deck'
import { createServices } from '../../server/services'
import { dropExport, exportKey } from '../../server/services/exports'
import type { Actor } from '../../shared/actor'
import { pdf } from '../setup/files'
import { pathOf, tusOf } from '../setup/tus'
import { createWorld, type World } from '../setup/world'

const file = pdf(600_000)
const slide = Buffer.from('as it was drawn')
const POST = 'Кто звонит пациенту после пропуска?'

let world: World
let origin: string
let coordinator: Actor
let editor: Actor
let protocolId: string
let renditionId: string
let deckId: string
beforeAll(async () => {
  world = await createWorld()
  origin = (await world.serve()).origin
  coordinator = await world.member('coordinator', 'b')
  editor = await world.member('editor')
  protocolId = await world.protocol()
  renditionId = await upload()
  deckId = await addDeck()
  await world.services.discussions.createThread(editor, world.partnershipId, {
    ...{ titleEn: '', titleRu: 'Звонки', lang: 'ru', text: POST },
    ...{ tags: [], clientKey: randomUUID() },
  })
})

async function upload(): Promise<string> {
  const { id: resourceId } = await world.services.resources.createResource(
    editor,
    world.partnershipId,
    {
      ...{ titleEn: 'Leaflet', titleRu: '', aboutEn: '', aboutRu: '' },
      ...{ kind: 'leaflet', clientKey: randomUUID() },
    },
  )
  const tus = tusOf(origin, await world.cookie(editor))
  const said = { filename: 'Памятка.PDF', resourceId, lang: 'ru', status: 'original' }
  const path = pathOf(await tus.create(file.length, said))
  expect((await tus.patch(path, 0, file)).status).toBe(204)
  return path.split('/').at(-1) ?? ''
}

async function addDeck(): Promise<string> {
  const key = `test-${randomUUID()}`
  await world.storage.append(key, 0, slide)
  const page = { key, mediaType: 'image/png', bytes: slide.length, width: 4, height: 3, text: '' }
  const { _id } = await SlideDeck.create({
    ...{
      partnership: world.partnershipId,
      workshop: new Types.ObjectId(),
      title: { en: 'Slides' },
    },
    ...{ lang: 'en', resource: new Types.ObjectId(), rendition: renditionId, state: 'ready' },
    ...{ pages: [page], createdBy: editor.userId, clientKey: randomUUID(), at: new Date() },
  })
  return String(_id)
}

/** Asked for, built and fetched through the door. */
async function fetched(actor: Actor, ask: () => Promise<{ id: string }>) {
  const { id } = await ask()
  await world.services.exports.buildExports()
  const headers = { cookie: await world.cookie(actor) }
  const answer = await fetch(`${origin}/exports/${id}`, { headers })
  expect(answer.status).toBe(200)
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const files = unzipSync(bytes)
  const rows = (path: string) => JSON.parse(strFromU8(files[path] ?? new Uint8Array()))
  return { id, answer, bytes, files, rows }
}

const whole = () => world.services.exports.exportPartnership(coordinator, world.partnershipId)

describe('the archive of a partnership', () => {
  it('holds its texts, its files byte by byte, its people and its record', async () => {
    const { answer, bytes, files, rows } = await fetched(coordinator, whole)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    expect(answer.headers.get('content-disposition')).toContain(`twinward-${world.slug}`)
    const hash = createHash('sha256').update(bytes).digest('hex')
    expect(answer.headers.get('etag')).toBe(`"${hash}"`)

    expect(Buffer.compare(files[`library/files/${renditionId}.pdf`] ?? Buffer.of(), file)).toBe(0)
    expect(Buffer.compare(files[`workshops/slides/${deckId}/1.png`] ?? Buffer.of(), slide)).toBe(0)
    const [post] = rows('discussions/replies.json')
    expect(post).toMatchObject({ text: POST, lang: 'ru', author: editor.userId })
    const document = rows(`protocols/${protocolId}/document.json`)
    expect(Object.keys(document.body)).toEqual(['en', 'ru'])
    const people = rows('people.json')
    expect(people.map(({ id }: { id: string }) => id)).toContain(editor.userId)
    expect(JSON.stringify(people)).not.toContain('passwordHash')
    const record: { rows: { kind: string }[]; head: { seq: number } } = rows('record.json')
    expect(record.rows).toHaveLength(record.head.seq)
    expect(record.rows.map(({ kind }) => kind)).toContain('partnership:exported')
    expect(strFromU8(files['README.txt'] ?? new Uint8Array())).toContain('В этом архиве')
  })

  it('says of every file in it how long it is and what its bytes hash to', async () => {
    const { files, rows } = await fetched(coordinator, whole)
    const manifest: { files: { path: string; bytes: number; sha256: string }[]; problems: [] } =
      rows('manifest.json')
    const others = Object.keys(files).filter((path) => path !== 'manifest.json')
    expect(manifest.files.map(({ path }) => path).toSorted()).toEqual(others.toSorted())
    for (const { path, bytes, sha256 } of manifest.files) {
      const content = files[path] ?? new Uint8Array()
      expect([path, content.length]).toEqual([path, bytes])
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
    }
    expect(manifest.problems).toEqual([])
  })

  it('holds nothing of another partnership', async () => {
    const elsewhere = await createWorld()
    const other = await elsewhere.member('editor')
    await elsewhere.services.discussions.createThread(other, elsewhere.partnershipId, {
      ...{ titleEn: 'Elsewhere alone', titleRu: '', lang: 'en', text: 'Elsewhere alone' },
      ...{ tags: [], clientKey: randomUUID() },
    })
    await Export.deleteMany({})
    const { files } = await fetched(coordinator, whole)
    for (const content of Object.values(files)) {
      expect(strFromU8(content, true)).not.toContain('Elsewhere alone')
      expect(strFromU8(content, true)).not.toContain(elsewhere.partnershipId)
    }
  })

  it('names what cannot be rebuilt and keeps the rest', async () => {
    const broken = await world.protocol()
    const its = { '_id.room': new Types.ObjectId(broken) }
    await world.db.collection('collab_log').deleteMany(its)
    await world.db.collection('collab_snapshots').deleteMany(its)
    await Export.deleteMany({})
    const { rows, files } = await fetched(coordinator, whole)
    const { problems } = rows('manifest.json')
    expect(problems.map(({ path }: { path: string }) => path)).toContain(
      `protocols/${broken}/document.json`,
    )
    expect(files[`library/files/${renditionId}.pdf`]?.length).toBe(file.length)
  })

  it('is asked for once while it is being built, and recorded once', async () => {
    await Export.deleteMany({})
    const before = await AuditEntry.countDocuments({ kind: 'partnership:exported' })
    const [first, second] = [await whole(), await whole()]
    expect(second.id).toBe(first.id)
    expect(await AuditEntry.countDocuments({ kind: 'partnership:exported' })).toBe(before + 1)
  })
})

describe('building archives', () => {
  it('has one builder at a time, and goes on where one has gone', async () => {
    await Export.deleteMany({})
    const { id } = await whole()
    const built = await Promise.all([
      world.services.exports.buildExports(),
      world.services.exports.buildExports(),
    ])
    expect(built.toSorted()).toEqual([0, 1])

    const gone = { state: 'building', until: new Date(0), attempt: 1, sha256: null }
    await Export.updateOne({ _id: id }, { $set: gone })
    expect(await world.services.exports.buildExports()).toBe(1)
    expect(await Export.findById(id).lean()).toMatchObject({ state: 'ready', attempt: 2 })
  })

  it('refuses a builder that was taken for gone and comes back', async () => {
    await Export.deleteMany({})
    const { id } = await whole()
    const { storage } = world.ports
    const overtaken: typeof storage.append = async (...writing) => {
      await Export.updateOne({ _id: id }, { $inc: { attempt: 1 } })
      return storage.append(...writing)
    }
    const slow = createServices({ ...world.ports, storage: { ...storage, append: overtaken } })
    await slow.exports.buildExports()
    const row = await Export.findById(id).lean()
    expect([row?.attempt, row?.state === 'ready']).toEqual([2, false])
  })

  it('takes away what is over, bytes and all', async () => {
    await Export.deleteMany({})
    const { id } = await whole()
    await world.services.exports.buildExports()
    await Export.updateOne({ _id: id }, { $set: { expiresAt: new Date(0) } })
    const headers = { cookie: await world.cookie(coordinator) }
    expect((await fetch(`${origin}/exports/${id}`, { headers })).status).toBe(404)
    expect(await world.services.exports.sweepExports()).toBe(1)
    const key = exportKey(new Types.ObjectId(id))
    expect(await world.db.collection('file_removals').countDocuments({ _id: key as never })).toBe(1)
  })
})

describe('row 161: an archive', () => {
  it('is nobody else’s, and not one’s own any more once one may not have it', async () => {
    await Export.deleteMany({})
    const leaving = await world.member('coordinator')
    const { id } = await fetched(leaving, () =>
      world.services.exports.exportPartnership(leaving, world.partnershipId),
    )
    const status = async (actor: Actor) =>
      (await fetch(`${origin}/exports/${id}`, { headers: { cookie: await world.cookie(actor) } }))
        .status
    expect(await status(coordinator)).toBe(404)
    expect(await status(await world.admin())).toBe(404)
    expect(await status(leaving)).toBe(200)
    await world.remove(leaving)
    expect(await status(leaving)).toBe(404)
  })

  it('is a programme admin’s only after they have said why, to ask for and to fetch', async () => {
    await Export.deleteMany({})
    const admin = await world.admin()
    const opened = { ...admin, opened: [world.partnershipId] }
    const { exportPartnership, openExport } = world.services.exports
    const asked = exportPartnership(admin, world.partnershipId)
    await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
    expect(await Export.countDocuments({})).toBe(0)
    const { id } = await exportPartnership(opened, world.partnershipId)
    await world.services.exports.buildExports()
    expect((await openExport(opened, id)).mediaType).toBe('application/zip')
    await expect(openExport(admin, id)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is cut off where it has come to when it is dropped', async () => {
    const { id, bytes: all } = await fetched(coordinator, whole)
    const bytes = (await world.services.exports.openExport(coordinator, id)).read()
    let read = 0
    const why = new Promise((resolve) => bytes.once('error', resolve))
    bytes.once('data', (part: Buffer) => {
      read += part.length
      bytes.pause()
    })
    await once(bytes, 'data')
    await dropExport(new Types.ObjectId(id), new Date())
    expect(await why).toMatchObject({ code: 'not_found' })
    expect(read).toBeLessThan(all.length)
  })

  it('is none any more when patient data was removed after it, whatever became of its dropping', async () => {
    const { id } = await fetched(coordinator, whole)
    const at = new Date(Date.now() + 1_000)
    const { partnershipId: partnership } = world
    const removed = { partnership, of: id, what: 'thread', count: 1, at, done: true } as const
    await Purge.create({ ...removed, by: coordinator.userId })
    const opened = world.services.exports.openExport(coordinator, id)
    await expect(opened).rejects.toMatchObject({ code: 'not_found' })
    expect(await Export.exists({ _id: id })).toBeNull()
    await Purge.deleteMany({ of: id })
  })

  it.each(['editor', 'reviewer', 'viewer', 'observer'] as const)(
    'is refused to %s',
    async (role) => {
      const actor = await world.member(role)
      const asked = world.services.exports.exportPartnership(actor, world.partnershipId)
      await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
    },
  )

  it('does not exist for a stranger', async () => {
    const asked = world.services.exports.exportPartnership(
      await world.stranger(),
      world.partnershipId,
    )
    await expect(asked).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('the archive of one’s own data', () => {
  it('holds what the person wrote and is, and nobody else’s words or secrets', async () => {
    const colleague = await world.member('editor', 'b')
    await world.services.discussions.createThread(colleague, world.partnershipId, {
      ...{ titleEn: 'Not mine', titleRu: '', lang: 'en', text: 'Words of a colleague' },
      ...{ tags: [], clientKey: randomUUID() },
    })
    const { rows, files } = await fetched(editor, () => world.services.exports.exportOwn(editor))
    expect(rows('account.json')).toMatchObject([{ id: editor.userId }])
    expect(rows('memberships.json')).toMatchObject([{ role: 'editor' }])
    expect(rows('discussions/posts.json')).toMatchObject([{ text: POST }])
    const all = Object.values(files)
      .map((content) => strFromU8(content))
      .join('\n')
    expect(all).not.toContain('Words of a colleague')
    expect(all).not.toMatch(/passwordHash|tokenHash/)
  })
})
