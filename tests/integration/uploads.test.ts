import { createHash, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { PassThrough } from 'node:stream'
import { Types } from 'mongoose'
import { Upload as Client } from 'tus-js-client'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { FileRemoval } from '../../models/file-removal'
import { Rendition } from '../../models/rendition'
import { StorageUse } from '../../models/storage-use'
import { Upload } from '../../models/upload'
import { createJobs } from '../../server/jobs'
import { takeLease } from '../../server/services/upload-lease'
import { MOST_UNFINISHED_BYTES } from '../../server/services/upload-quota'
import type { Actor } from '../../shared/actor'
import { PARTNERSHIP_MAX_BYTES } from '../../shared/schemas/resources'
import { pdf } from '../setup/files'
import { encode, pathOf, refusalOf, type Tus, tusOf } from '../setup/tus'
import { createWorld, type World } from '../setup/world'

/** Bounded, but long enough for a machine with much to do. */
const PATIENCE = { timeout: 10_000 }

let world: World
let origin: string
let editor: Actor
let tus: Tus
let resourceId: string
beforeAll(async () => {
  world = await createWorld()
  origin = (await world.serve()).origin
  editor = await world.member('editor')
  tus = tusOf(origin, await world.cookie(editor))
  resourceId = await item(world)
})

async function item({ services, member, partnershipId }: World): Promise<string> {
  const described = { titleEn: 'Missed doses', titleRu: '', aboutEn: '', aboutRu: '' }
  const { id } = await services.resources.createResource(
    await member('coordinator'),
    partnershipId,
    { ...described, kind: 'leaflet', clientKey: randomUUID() },
  )
  return id
}

const metadata = (fields: Record<string, string> = {}) => ({
  filename: 'leaflet.pdf',
  resourceId,
  lang: 'en',
  status: 'draft',
  ...fields,
})

async function begin(length: number, fields?: Record<string, string>): Promise<string> {
  return pathOf(await tus.create(length, metadata(fields)))
}

/** The file that an upload has become. */
async function stored(path: string): Promise<Buffer> {
  const id = path.split('/').at(-1) ?? ''
  const { read } = await world.services.resources.openFile(editor, id)
  return Buffer.concat(await read().toArray())
}

async function piecesOf(path: string): Promise<number> {
  const key = path.split('/').at(-1)
  return world.db.collection('file_pieces').countDocuments({ '_id.f': key })
}

async function usedBytes(): Promise<number> {
  const use = await StorageUse.findById(world.partnershipId).lean()
  return use?.bytes ?? 0
}

/** Send a body, or its beginning, over a connection of its own that then breaks. */
function cutOff(path: string, body: Buffer, announced: number): Promise<void> {
  return new Promise((resolve) => {
    const { cookie } = headers
    const asked = request(`${origin}${path}`, {
      method: 'PATCH',
      headers: {
        cookie,
        origin,
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
        'content-length': String(announced),
      },
    })
    asked.on('error', () => {})
    asked.on('close', () => resolve())
    asked.write(body, () => setImmediate(() => asked.destroy()))
  })
}
const headers = { cookie: '' }
beforeAll(async () => {
  headers.cookie = await world.cookie(editor)
})

describe('an upload', () => {
  it('arrives in pieces, becomes a rendition with the last one, and is announced', async () => {
    const file = pdf(1_300_000)
    const path = await begin(file.length)
    expect(path).toMatch(/^\/uploads\/[0-9a-f]{24}$/)
    for (let at = 0; at < file.length; at += 512_000) {
      expect(await tus.offset(path)).toBe(at)
      const answer = await tus.patch(path, at, file.subarray(at, at + 512_000))
      expect([answer.status, answer.headers.get('upload-offset')]).toEqual([
        204,
        String(Math.min(file.length, at + 512_000)),
      ])
    }
    expect((await stored(path)).equals(file)).toBe(true)
    const row = await Rendition.findById(path.split('/').at(-1)).lean()
    expect(row).toMatchObject({
      status: 'draft',
      current: true,
      file: {
        name: 'leaflet.pdf',
        mediaType: 'application/pdf',
        bytes: file.length,
        sha256: createHash('sha256').update(file).digest('hex'),
      },
    })
    expect(world.heard.at(-1)).toMatchObject([
      'resource:changed',
      { resource: { id: resourceId, renditions: [{ lang: 'en', status: 'draft' }] } },
    ])
  })

  it('takes its first bytes with the creation, all of them if they are few', async () => {
    const file = pdf(700)
    const created = await tus.send(
      'POST',
      '/uploads',
      {
        'upload-length': String(file.length),
        'upload-metadata': encode(metadata()),
        'content-type': 'application/offset+octet-stream',
      },
      file,
    )
    expect([created.status, created.headers.get('upload-offset')]).toEqual([
      201,
      String(file.length),
    ])
    expect((await stored(pathOf(created))).equals(file)).toBe(true)
  })

  it('is what a stock client sends, and goes on at another node after it was stopped', async () => {
    const file = pdf(1_300_000, 13)
    const common = {
      metadata: metadata({ filename: 'stock.pdf' }),
      chunkSize: 512_000,
      retryDelays: null,
    }
    const sendBy = (at: string, options: object, stopAfter = file.length) =>
      new Promise<string>((resolve, reject) => {
        const upload = new Client(file, {
          ...common,
          ...options,
          headers: { cookie: headers.cookie, origin: at },
          onChunkComplete(_size, accepted) {
            if (accepted < stopAfter || accepted === file.length) return
            void upload.abort().then(() => resolve(new URL(upload.url ?? '').pathname))
          },
          onSuccess: () => resolve(new URL(upload.url ?? '').pathname),
          onError: reject,
        })
        upload.start()
      })
    const path = await sendBy(origin, { endpoint: `${origin}/uploads` }, 512_000)
    expect(await tus.offset(path)).toBe(512_000)
    const other = (await world.serve()).origin
    await sendBy(other, { uploadUrl: `${other}${path}` })
    expect((await stored(path)).equals(file)).toBe(true)
  })

  it('goes on at another node', async () => {
    const file = pdf(900_000, 2)
    const path = await begin(file.length)
    await tus.patch(path, 0, file.subarray(0, 400_000))
    const other = tusOf((await world.serve()).origin, headers.cookie)
    expect(await other.offset(path)).toBe(400_000)
    expect((await other.patch(path, 400_000, file.subarray(400_000))).status).toBe(204)
    expect((await stored(path)).equals(file)).toBe(true)
  })

  it('keeps what came before the line was cut, and ends equal to the byte', async () => {
    const file = pdf(3_000_000, 3)
    const path = await begin(file.length)
    await cutOff(path, file.subarray(0, 2_345_678), file.length)
    const offset = await vi.waitFor(async () => {
      const row = await Upload.findById(path.split('/').at(-1)).lean()
      expect(row?.offset).toBeGreaterThan(0)
      expect(row?.lease).toBeNull()
      return tus.offset(path)
    }, PATIENCE)
    expect(offset).toBeLessThanOrEqual(2_345_678)
    expect((await tus.patch(path, offset, file.subarray(offset))).status).toBe(204)
    expect((await stored(path)).equals(file)).toBe(true)
  })

  it('answers the end again when its answer was lost, and stores it once', async () => {
    const file = pdf(5_000, 4)
    const path = await begin(file.length)
    await tus.patch(path, 0, file)
    expect(await tus.offset(path)).toBe(file.length)
    const again = await tus.patch(path, file.length, Buffer.alloc(0))
    expect([again.status, again.headers.get('upload-offset')]).toEqual([204, String(file.length)])
    expect(await Rendition.countDocuments({ _id: path.split('/').at(-1) })).toBe(1)
  })

  it('starts the last piece anew after a process died between the bytes and the rendition', async () => {
    const file = pdf(5_000, 5)
    const path = await begin(file.length)
    const key = path.split('/').at(-1) ?? ''
    // what a killed process leaves behind: bytes that no row tells of
    await world.storage.append(key, 0, file.subarray(0, 4_000))
    expect(await tus.offset(path)).toBe(0)
    expect((await tus.patch(path, 0, file)).status).toBe(204)
    expect((await stored(path)).equals(file)).toBe(true)
  })

  it('is not complete before its rendition is stored, whatever goes wrong in between', async () => {
    const file = pdf(9_000, 14)
    const path = await begin(file.length)
    await tus.patch(path, 0, file.subarray(0, 5_000))
    const read = vi.spyOn(world.storage, 'read').mockImplementationOnce(() => {
      throw new Error('the database went away')
    })
    expect((await tus.patch(path, 5_000, file.subarray(5_000))).status).toBe(500)
    read.mockRestore()
    expect(await tus.offset(path)).toBe(5_000)
    expect((await tus.patch(path, 5_000, file.subarray(5_000))).status).toBe(204)
    expect((await stored(path)).equals(file)).toBe(true)
  })

  it('has one writer: a second one gets 423, and may go on when the first has died', async () => {
    const file = pdf(20_000, 6)
    const path = await begin(file.length)
    const id = (await Upload.findById(path.split('/').at(-1)).lean())?._id
    if (!id) throw new Error('no upload')
    const lease = await takeLease(id)
    expect(await refusalOf(await tus.patch(path, 0, file))).toEqual([423, 'upload_busy'])
    expect(await refusalOf(await tus.end(path))).toEqual([423, 'upload_busy'])
    // a killed process renews nothing: its lease is over by the database's clock
    await Upload.collection.updateOne({ _id: id }, { $set: { 'lease.until': new Date(0) } })
    expect((await tus.patch(path, 0, file)).status).toBe(204)
    await expect(lease.keep({ offset: 1 })).rejects.toMatchObject({ code: 'upload_busy' })
    await lease.end()
    expect((await stored(path)).equals(file)).toBe(true)
  })

  it('lets two writers at once end in one whole file', async () => {
    const file = pdf(2_500_000, 7)
    const path = await begin(file.length)
    const answers = await Promise.all([tus.patch(path, 0, file), tus.patch(path, 0, file)])
    expect(answers.map(({ status }) => status).sort()).toEqual([204, expect.any(Number)])
    expect([409, 423]).toContain(Math.max(...answers.map(({ status }) => status)))
    expect((await stored(path)).equals(file)).toBe(true)
  })

  describe('whose writer sleeps longer than its lease, right before it writes,', () => {
    /** What happens in between. */
    async function asleep(path: string, meanwhile: () => Promise<unknown>) {
      const at = { _id: new Types.ObjectId(path.split('/').at(-1)) }
      const { append } = world.storage
      const spy = vi.spyOn(world.storage, 'append').mockImplementationOnce(async (...said) => {
        await Upload.collection.updateOne(at, { $set: { 'lease.until': new Date(0) } })
        await meanwhile()
        return append(...said)
      })
      return () => spy.mockRestore()
    }

    it('keeps every byte of what another one has finished', async () => {
      const file = pdf(900_000, 31)
      const path = await begin(file.length)
      await tus.patch(path, 0, file.subarray(0, 300_000))
      const sent: number[] = []
      const wake = await asleep(path, async () =>
        sent.push((await tus.patch(path, 300_000, file.subarray(300_000))).status),
      )
      const late = await tus.patch(path, 300_000, file.subarray(300_000, 500_000))
      wake()
      expect(sent).toEqual([204])
      expect(await refusalOf(late)).toEqual([423, 'upload_busy'])
      expect((await stored(path)).equals(file)).toBe(true)
      // nor does it when the row of the upload is long gone
      await Upload.deleteOne({ _id: path.split('/').at(-1) })
      expect((await tus.patch(path, 300_000, file.subarray(300_000))).status).toBe(404)
      expect((await stored(path)).equals(file)).toBe(true)
    })

    it('keeps what another one is still writing', async () => {
      const file = pdf(900_000, 32)
      const path = await begin(file.length)
      const wake = await asleep(path, () => tus.patch(path, 0, file.subarray(0, 600_000)))
      const late = await tus.patch(path, 0, file.subarray(0, 100_000))
      wake()
      expect(await refusalOf(late)).toEqual([423, 'upload_busy'])
      expect(await tus.offset(path)).toBe(600_000)
      expect((await tus.patch(path, 600_000, file.subarray(600_000))).status).toBe(204)
      expect((await stored(path)).equals(file)).toBe(true)
    })

    it('takes nothing from a finished file when the upload itself has been forgotten', async () => {
      const file = pdf(9_000, 33)
      const path = await begin(file.length)
      const wake = await asleep(path, async () => {
        await tus.patch(path, 0, file)
        await Upload.deleteOne({ _id: path.split('/').at(-1) })
      })
      expect((await tus.patch(path, 0, file.subarray(0, 100))).status).toBe(423)
      wake()
      expect((await stored(path)).equals(file)).toBe(true)
    })

    it('leaves nothing behind when it was given up', async () => {
      const file = pdf(9_000, 34)
      const path = await begin(file.length)
      const wake = await asleep(path, () => tus.end(path))
      expect((await tus.patch(path, 0, file.subarray(0, 100))).status).toBe(423)
      wake()
      await vi.waitFor(async () => expect(await piecesOf(path)).toBe(0), PATIENCE)
    })
  })

  it('is given up by its owner, and leaves nothing behind', async () => {
    const before = await usedBytes()
    const file = pdf(600_000, 8)
    const path = await begin(file.length)
    await tus.patch(path, 0, file.subarray(0, 300_000))
    expect(await usedBytes()).toBe(before + file.length)
    expect((await tus.end(path)).status).toBe(204)
    expect((await tus.head(path)).status).toBe(404)
    expect(await usedBytes()).toBe(before)
    await vi.waitFor(async () => expect(await piecesOf(path)).toBe(0), PATIENCE)
  })

  it('lapses within an hour where nothing has come, and within a day otherwise', async () => {
    const hours = (answer: Response) =>
      Math.round((Date.parse(answer.headers.get('upload-expires') ?? '') - Date.now()) / 3_600_000)
    const created = await tus.create(50_000, metadata())
    expect(hours(created)).toBe(1)
    const path = pathOf(created)
    const row = async () => (await Upload.findById(path.split('/').at(-1)).lean())?.expiresAt
    expect(Number(await row()) - Date.now()).toBeLessThanOrEqual(3_600_000)
    expect(hours(await tus.patch(path, 0, pdf(50_000).subarray(0, 10_000)))).toBe(24)
    expect(Number(await row()) - Date.now()).toBeGreaterThan(23 * 3_600_000)
  })

  it('expires after a day and leaves nothing behind (114)', async () => {
    const before = await usedBytes()
    const path = await begin(50_000)
    await tus.patch(path, 0, pdf(50_000).subarray(0, 10_000))
    const at = { _id: path.split('/').at(-1) }
    await Upload.updateOne(at, { $set: { expiresAt: new Date(Date.now() - 1) } })
    expect((await tus.head(path)).status).toBe(404)
    await world.services.uploads.sweepUploads()
    expect(await Upload.countDocuments(at)).toBe(0)
    expect([await piecesOf(path), await usedBytes()]).toEqual([0, before])
  })

  it('is swept of what a process left that died while removing', async () => {
    const key = `left-${randomUUID()}`
    await world.storage.append(key, 0, Buffer.alloc(10, 1))
    await FileRemoval.create({ _id: key, at: new Date(Date.now() - 120_000) })
    const jobs = createJobs({
      services: world.services,
      bus: world.bus,
      log: world.log,
      everyMs: 50,
    })
    await vi.waitFor(
      async () => expect(await FileRemoval.countDocuments({ _id: key })).toBe(0),
      PATIENCE,
    )
    await jobs.close()
    expect(await piecesOf(key)).toBe(0)
  })

  it('is swept however many have expired, though one of them cannot be', async () => {
    const path = await begin(1_000)
    const row = await Upload.findById(path.split('/').at(-1)).lean()
    if (!row) throw new Error('no upload')
    const expiresAt = new Date(Date.now() - 1)
    const old = Array.from({ length: 120 }, () => ({
      ...row,
      _id: new Types.ObjectId(),
      expiresAt,
    }))
    await StorageUse.updateOne({ _id: world.partnershipId }, { $inc: { bytes: 120 * row.length } })
    await Upload.insertMany(old)
    const before = await usedBytes()
    const stuck = String(old[3]?._id)
    const { remove } = world.storage
    const spy = vi.spyOn(world.storage, 'remove').mockImplementation(async (key) => {
      if (key === stuck) throw new Error('the disk is sick')
      return remove(key)
    })
    await world.services.uploads.sweepUploads()
    spy.mockRestore()
    expect(await Upload.countDocuments({ _id: { $in: old.map(({ _id }) => _id) } })).toBe(0)
    expect(await usedBytes()).toBe(before - 120 * row.length)
    expect(
      await FileRemoval.find({ _id: { $in: old.map(({ _id }) => String(_id)) } }).lean(),
    ).toMatchObject([{ _id: stuck }])
    // the one that is left does not keep the next one from going
    const next = `left-${randomUUID()}`
    await FileRemoval.updateOne({ _id: stuck }, { $set: { at: new Date(0) } })
    await FileRemoval.create({ _id: next, at: new Date(1) })
    const again = vi.spyOn(world.storage, 'remove').mockRejectedValueOnce(new Error('still sick'))
    await world.services.uploads.sweepUploads()
    again.mockRestore()
    expect(await FileRemoval.countDocuments({ _id: { $in: [stuck, next] } })).toBe(1)
    await world.services.uploads.sweepUploads()
    expect(await FileRemoval.countDocuments({ _id: stuck })).toBe(0)
  })

  it('is listed while it is unfinished, for its owner alone', async () => {
    const path = await begin(90_000, { filename: 'half.pdf', lang: 'ru' })
    await tus.patch(path, 0, pdf(90_000).subarray(0, 45_000))
    const { listUnfinished } = world.services.resources
    expect((await listUnfinished(editor, resourceId)).at(-1)).toMatchObject({
      id: path.split('/').at(-1),
      name: 'half.pdf',
      bytes: 90_000,
      received: 45_000,
      lang: 'ru',
    })
    expect(await listUnfinished(await world.member('editor', 'b'), resourceId)).toEqual([])
    const other = await createWorld()
    await expect(listUnfinished(editor, resourceId, other.partnershipId)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('who may upload', () => {
  it.each([
    ['coordinator', 201],
    ['editor', 201],
    ['reviewer', 201],
    ['viewer', 403],
    ['observer', 403],
  ] as const)('%s: %d', async (role, status) => {
    const own = tusOf(origin, await world.cookie(await world.member(role)))
    const answer = await own.create(1_000, metadata())
    expect(answer.status).toBe(status)
    await answer.arrayBuffer()
  })

  it.each([
    ['a stranger', async () => world.stranger()],
    ['a programme admin who has not opened it', async () => world.admin()],
  ])('%s: 404 or 403, as for an unknown item', async (_who, someone) => {
    const own = tusOf(origin, await world.cookie(await someone()))
    expect([403, 404]).toContain((await own.create(1_000, metadata())).status)
  })

  it('nobody without a session: 401', async () => {
    const answer = await tusOf(origin, '').create(1_000, metadata())
    expect(await refusalOf(answer)).toEqual([401, 'unauthenticated'])
  })

  it.each([
    ['POST', {}],
    ['POST', { origin: 'https://evil.example' }],
    ['PATCH', { origin: 'https://evil.example' }],
    ['DELETE', { origin: 'null' }],
  ])('nobody from another Origin: %s %o', async (method, from) => {
    const path = await begin(1_000)
    const answer = await fetch(`${origin}${method === 'POST' ? '/uploads' : path}`, {
      method,
      headers: { cookie: headers.cookie, 'tus-resumable': '1.0.0', ...from },
    })
    expect(await refusalOf(answer)).toEqual([403, 'foreign_origin'])
  })

  it('a member removed on the way is refused at the next piece (112)', async () => {
    const leaving = await world.member('editor')
    const own = tusOf(origin, await world.cookie(leaving))
    const file = pdf(10_000, 9)
    const path = pathOf(await own.create(file.length, metadata()))
    expect((await own.patch(path, 0, file.subarray(0, 5_000))).status).toBe(204)
    await world.remove(leaving)
    expect(await refusalOf(await own.patch(path, 5_000, file.subarray(5_000)))).toEqual([
      404,
      'not_found',
    ])
    expect((await own.head(path)).status).toBe(404)
    expect(await Rendition.countDocuments({ _id: path.split('/').at(-1) })).toBe(0)
  })

  it('a member removed while the last bytes come gets no rendition', async () => {
    const leaving = await world.member('editor')
    const own = tusOf(origin, await world.cookie(leaving))
    const file = pdf(10_000, 10)
    const path = pathOf(await own.create(file.length, metadata()))
    const id = path.split('/').at(-1) ?? ''
    const body = new PassThrough()
    const receiving = world.services.uploads.receiveUpload(leaving, id, { offset: 0, body })
    body.write(file.subarray(0, 5_000))
    await world.remove(leaving)
    body.end(file.subarray(5_000))
    await expect(receiving).rejects.toMatchObject({ code: 'not_found' })
    expect(await Rendition.countDocuments({ _id: id })).toBe(0)
  })

  it.each(['HEAD', 'PATCH', 'DELETE'])(
    'another person’s upload is not there: %s (112)',
    async (method) => {
      const path = await begin(1_000)
      const other = tusOf(origin, await world.cookie(await world.member('coordinator')))
      const said = { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' }
      expect((await other.send(method, path, method === 'PATCH' ? said : {})).status).toBe(404)
      expect(await tus.offset(path)).toBe(0)
    },
  )
})

describe('limits and wrong requests', () => {
  // with a count of begun uploads of their own
  beforeAll(async () => {
    headers.cookie = await world.cookie(await world.member('editor', 'b'))
    tus = tusOf(origin, headers.cookie)
  })

  it.each([
    ['length -1 (111)', '-1', 400, 'malformed_upload'],
    ['length 1e12 (111)', '1e12', 400, 'malformed_upload'],
    ['length 10^12 (111)', '1000000000000', 413, 'too_large'],
    ['more than a PDF may have (111)', '100000001', 413, 'too_large'],
    ['no bytes at all', '0', 422, 'file_empty'],
  ])('refuses %s', async (_what, length, status, code) => {
    expect(await refusalOf(await tus.create(length, metadata()))).toEqual([status, code])
  })

  it.each([
    ['photo.png', 25_000_001],
    ['table.csv', 5_000_001],
    ['film.mp4', 200_000_001],
  ])('refuses %s of %d bytes', async (filename, length) => {
    expect(await refusalOf(await tus.create(length, metadata({ filename })))).toEqual([
      413,
      'too_large',
    ])
  })

  it.each([
    ['no length (111)', { 'upload-metadata': 'a' }],
    ['a length that is to follow (111)', { 'upload-defer-length': '1' }],
    ['no metadata (113)', { 'upload-length': '9' }],
    [
      'metadata that are not base64 (113)',
      { 'upload-length': '9', 'upload-metadata': 'filename §' },
    ],
    ['a file name without value (113)', { 'upload-length': '9', 'upload-metadata': 'filename ' }],
  ])('refuses %s', async (_what, said) => {
    const safe = Object.fromEntries(
      Object.entries(said).map(([name, value]) => [name, Buffer.from(value).toString('latin1')]),
    )
    expect((await tus.send('POST', '/uploads', safe)).status).toBe(400)
  })

  it('refuses 100 kB of metadata without reading them (113)', async () => {
    const said = metadata({ filename: 'a'.repeat(75_000) })
    expect([400, 431]).toContain((await tus.create(9, said)).status)
  })

  it.each([
    ['the resource of another partnership', { resourceId: 'f'.repeat(24) }, 404, 'not_found'],
    ['no id', { resourceId: '../../x' }, 400, 'malformed_upload'],
    ['a language that is none', { lang: 'xx' }, 400, 'malformed_upload'],
    ['a status that nobody chooses', { status: 'outdated' }, 400, 'malformed_upload'],
    ['a review of one’s own', { status: 'reviewed' }, 409, 'own_review'],
  ])('refuses %s', async (_what, fields, status, code) => {
    expect(await refusalOf(await tus.create(1_000, metadata(fields)))).toEqual([status, code])
  })

  it.each([
    ['at the wrong place (112)', 100, 100, {}, 409],
    ['past the length (112)', 0, 1_001, {}, 400],
    ['without a place', 0, 10, { 'upload-offset': 'x' }, 400],
    ['of another content type', 0, 10, { 'content-type': 'text/plain' }, 400],
    ['of another version', 0, 10, { 'tus-resumable': '0.2.2' }, 412],
  ])('refuses bytes %s, and stays where it was', async (_what, offset, size, said, status) => {
    const path = await begin(1_000)
    expect((await tus.patch(path, offset, pdf(2_000).subarray(0, size), said)).status).toBe(status)
    expect(await tus.offset(path)).toBe(0)
  })

  it('refuses bytes past the length that no header announced (112)', async () => {
    const path = await begin(1_000)
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(pdf(3_000)))
        controller.close()
      },
    })
    const answer = await fetch(`${origin}${path}`, {
      method: 'PATCH',
      headers: {
        cookie: headers.cookie,
        origin,
        'tus-resumable': '1.0.0',
        'content-type': 'application/offset+octet-stream',
        'upload-offset': '0',
      },
      body,
      duplex: 'half',
    })
    expect(answer.status).toBe(400)
    expect(await tus.offset(path)).toBe(0)
  })

  it.each(['GET', 'PUT', 'POST'])('knows no %s of an upload', async (method) => {
    expect((await tus.send(method, await begin(1_000), {})).status).toBe(405)
  })

  it.each([
    ['sha1', 204],
    ['sha256', 204],
    ['md5', 400],
  ])('checks a sum of %s: %d (115)', async (algorithm, status) => {
    const file = pdf(2_000, 11)
    const path = await begin(file.length)
    const sum = createHash(algorithm).update(file).digest('base64')
    const answer = await tus.patch(path, 0, file, { 'upload-checksum': `${algorithm} ${sum}` })
    expect(answer.status).toBe(status)
  })

  it('refuses bytes that do not fit their sum, and stays where it was (115)', async () => {
    const file = pdf(2_000, 12)
    const path = await begin(file.length)
    const sum = createHash('sha1').update('another').digest('base64')
    const answer = await tus.patch(path, 0, file, { 'upload-checksum': `sha1 ${sum}` })
    expect(await refusalOf(answer)).toEqual([460, 'upload_damaged'])
    expect(await tus.offset(path)).toBe(0)
  })

  it('says what it can do', async () => {
    const answer = await fetch(`${origin}/uploads`, { method: 'OPTIONS' })
    expect(answer.headers.get('tus-extension')).toBe(
      'creation,creation-with-upload,termination,expiration,checksum',
    )
    expect(answer.headers.get('tus-max-size')).toBe('200000000')
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  it('lets one person have 50 unfinished uploads (114)', async () => {
    const flooding = await world.member('editor')
    const own = tusOf(origin, await world.cookie(flooding))
    const path = pathOf(await own.create(1_000, metadata()))
    const row = await Upload.findById(path.split('/').at(-1)).lean()
    if (!row) throw new Error('no upload')
    await Upload.insertMany(
      Array.from({ length: 48 }, () => ({ ...row, _id: new Types.ObjectId() })),
    )
    expect((await own.create(1_000, metadata())).status).toBe(201)
    expect(await refusalOf(await own.create(1_000, metadata()))).toEqual([429, 'too_many_requests'])
    expect((await own.end(path)).status).toBe(204)
    expect((await own.create(1_000, metadata())).status).toBe(201)
  })

  it('lets one person keep room for 1 GB that has not arrived', async () => {
    const flooding = await world.member('editor')
    const own = tusOf(origin, await world.cookie(flooding))
    const path = pathOf(await own.create(1_000, metadata()))
    const at = { _id: path.split('/').at(-1) }
    await Upload.updateOne(at, { $set: { length: MOST_UNFINISHED_BYTES - 1_500 } })
    const before = await usedBytes()
    expect(await refusalOf(await own.create(1_501, metadata()))).toEqual([429, 'too_many_requests'])
    expect(await usedBytes()).toBe(before)
    expect((await own.create(1_500, metadata())).status).toBe(201)
  })

  it('lets one person begin 60 uploads in ten minutes (114)', async () => {
    const flooding = await world.member('editor')
    const own = tusOf(origin, await world.cookie(flooding))
    expect((await own.create(1_000, metadata())).status).toBe(201)
    const counted = { key: `upload:${flooding.userId}` }
    const rates = world.db.collection('rate_limits')
    const { modifiedCount } = await rates.updateOne(counted, { $inc: { points: 59 } })
    expect(modifiedCount).toBe(1)
    const answer = await own.create(1_000, metadata())
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await refusalOf(answer)).toEqual([429, 'too_many_requests'])
  })

  it('refuses what no longer fits into the partnership’s room, and goes on when there is some (131)', async () => {
    const full = await createWorld()
    const at = (await full.serve()).origin
    const own = tusOf(at, await full.cookie(await full.member('editor')))
    const said = { ...metadata(), resourceId: await item(full) }
    const { partnershipId: _id } = full
    await StorageUse.create({ _id, bytes: PARTNERSHIP_MAX_BYTES - 1_500 })
    expect((await own.create(1_000, said)).status).toBe(201)
    expect(await refusalOf(await own.create(1_000, said))).toEqual([413, 'storage_full'])
    expect((await StorageUse.findById(_id).lean())?.bytes).toBe(PARTNERSHIP_MAX_BYTES - 500)
    await StorageUse.updateOne({ _id }, { $inc: { bytes: -600 } })
    expect((await own.create(1_000, said)).status).toBe(201)
  })
})
