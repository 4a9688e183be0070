import { createHash, randomUUID } from 'node:crypto'
import { request } from 'node:http'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Actor } from '../../shared/actor'
import { pdf } from '../setup/files'
import { pathOf, tusOf } from '../setup/tus'
import { createWorld, type World } from '../setup/world'

const NAME = 'Памятка «Приём» 1.pdf'
const file = pdf(700_000)
const etag = `"${createHash('sha256').update(file).digest('hex')}"`

let world: World
let origin: string
let editor: Actor
let cookie: string
let path: string
beforeAll(async () => {
  world = await createWorld()
  origin = (await world.serve()).origin
  editor = await world.member('editor')
  cookie = await world.cookie(editor)
  path = `/files/${await upload(NAME, file)}`
})

async function upload(filename: string, content: Buffer): Promise<string> {
  const { id: resourceId } = await world.services.resources.createResource(
    editor,
    world.partnershipId,
    {
      ...{ titleEn: 'Leaflet', titleRu: '', aboutEn: '', aboutRu: '' },
      kind: 'leaflet',
      clientKey: randomUUID(),
    },
  )
  const tus = tusOf(origin, cookie)
  const said = { filename, resourceId, lang: 'ru', status: 'original' }
  const uploadPath = pathOf(await tus.create(content.length, said))
  expect((await tus.patch(uploadPath, 0, content)).status).toBe(204)
  return uploadPath.split('/').at(-1) ?? ''
}

const get = (headers: Record<string, string> = {}, at = path, method = 'GET') =>
  fetch(`${origin}${at}`, { method, headers: { cookie, ...headers } })

async function bytesOf(answer: Response): Promise<Buffer> {
  return Buffer.from(await answer.arrayBuffer())
}

describe('a download', () => {
  it('is the whole file, never run by the browser, kept by no cache in between', async () => {
    const answer = await get({ 'accept-encoding': 'gzip' })
    expect(answer.status).toBe(200)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': String(file.length),
      'accept-ranges': 'bytes',
      etag,
      'cache-control': 'private, no-store',
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect((await bytesOf(answer)).equals(file)).toBe(true)
  })

  it('is not packed on the way, whatever it is', async () => {
    const id = await upload('long.txt', Buffer.from('доза '.repeat(2_000)))
    const answer = await get({ 'accept-encoding': 'gzip' }, `/files/${id}`)
    expect(answer.headers.get('content-encoding')).toBeNull()
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    await answer.arrayBuffer()
  })

  it('carries its name in UTF-8 and a plain one (110)', async () => {
    const answer = await get({}, path, 'HEAD')
    const said = answer.headers.get('content-disposition') ?? ''
    expect(said.startsWith(`attachment; filename="_______ _______ 1.pdf"`)).toBe(true)
    expect(decodeURIComponent(said.split("filename*=UTF-8''")[1] ?? '')).toBe(NAME)
  })

  it('is saved and never shown by the browser, whatever it is (109)', async () => {
    const id = await upload('notes.txt', Buffer.from('<script>alert(1)</script>'))
    const answer = await get({}, `/files/${id}`)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    await answer.arrayBuffer()
  })

  it('tells a HEAD the same without the bytes', async () => {
    const answer = await get({}, path, 'HEAD')
    expect([answer.status, answer.headers.get('content-length')]).toEqual([
      200,
      String(file.length),
    ])
    expect(await bytesOf(answer)).toHaveLength(0)
  })

  it.each([
    ['the same', etag, 304],
    ['one of several', `"x", W/${etag}`, 304],
    ['any', '*', 304],
    ['another', '"x"', 200],
  ])('is not sent again to who has it: If-None-Match %s', async (_what, known, status) => {
    const answer = await get({ 'if-none-match': known })
    expect(answer.status).toBe(status)
    await answer.arrayBuffer()
  })
})

describe('a part of a file', () => {
  const last = file.length - 1
  it.each([
    ['the first bytes', 'bytes=0-99', 0, 99],
    ['over pieces', 'bytes=200000-600000', 200_000, 600_000],
    ['from a place on', 'bytes=699000-', 699_000, last],
    ['the last bytes', 'bytes=-500', last - 499, last],
    ['more than there is', 'bytes=699999-99999999', 699_999, last],
    ['more last bytes than there are', 'bytes=-99999999', 0, last],
  ])('is sent: %s', async (_what, range, start, end) => {
    const answer = await get({ range })
    expect(answer.status).toBe(206)
    expect(answer.headers.get('content-range')).toBe(`bytes ${start}-${end}/${file.length}`)
    expect((await bytesOf(answer)).equals(file.subarray(start, end + 1))).toBe(true)
  })

  it.each([
    ['behind the end', `bytes=${file.length}-`],
    ['the last none', 'bytes=-0'],
  ])('is refused: %s (116)', async (_what, range) => {
    const answer = await get({ range })
    expect(answer.status).toBe(416)
    expect(answer.headers.get('content-range')).toBe(`bytes */${file.length}`)
    await answer.arrayBuffer()
  })

  it.each([
    ['a thousand ranges', `bytes=${Array(1_000).fill('0-').join(',')}`],
    ['two ranges', 'bytes=0-1,5-6'],
    ['backwards', 'bytes=9-5'],
    ['other units', 'lines=1-2'],
    ['nonsense', 'bytes=a-b'],
  ])('is the whole, once, for %s (116)', async (_what, range) => {
    const answer = await get({ range })
    expect([answer.status, answer.headers.get('content-length')]).toEqual([
      200,
      String(file.length),
    ])
    expect((await bytesOf(answer)).length).toBe(file.length)
  })

  it.each([
    ['the same file', etag, 206],
    ['another one', '"x"', 200],
    ['a day long ago', 'Tue, 01 Jan 2008 00:00:00 GMT', 200],
  ])('goes on only with %s (If-Range)', async (_what, known, status) => {
    const answer = await get({ range: 'bytes=0-9', 'if-range': known })
    expect(answer.status).toBe(status)
    await answer.arrayBuffer()
  })

  it('ends the reading when the reader hangs up', async () => {
    const reads: NodeJS.ReadableStream[] = []
    const read = vi.spyOn(world.storage, 'read')
    await new Promise<void>((resolve, reject) => {
      const asked = request(`${origin}${path}`, { headers: { cookie } }, (answer) => {
        answer.once('data', () => {
          asked.destroy()
          resolve()
        })
      })
      asked.on('error', reject)
      asked.end()
    })
    for (const { value } of read.mock.results) reads.push(value)
    read.mockRestore()
    expect(reads).toHaveLength(1)
    await vi.waitFor(
      () => expect(reads.every((each) => 'destroyed' in each && each.destroyed)).toBe(true),
      { timeout: 10_000 },
    )
  })
})

describe('who may download', () => {
  it.each([
    ['coordinator', 200],
    ['editor', 200],
    ['reviewer', 200],
    ['viewer', 200],
    ['observer', 404],
  ] as const)('%s: %d', async (role, status) => {
    const own = await world.cookie(await world.member(role))
    const answer = await get({ cookie: own })
    expect(answer.status).toBe(status)
    await answer.arrayBuffer()
  })

  it('nobody without a session: 401; nobody of another partnership: 404 (117)', async () => {
    expect((await get({ cookie: '' })).status).toBe(401)
    expect((await get({ cookie: await world.cookie(await world.stranger()) })).status).toBe(404)
    const ranged = { cookie: await world.cookie(await world.stranger()), range: 'bytes=0-9' }
    expect((await get(ranged)).status).toBe(404)
  })

  it('a member no longer, from the moment of the removal (117)', async () => {
    const leaving = await world.member('viewer')
    const own = await world.cookie(leaving)
    expect((await get({ cookie: own, range: 'bytes=0-9' })).status).toBe(206)
    await world.remove(leaving)
    expect((await get({ cookie: own, range: 'bytes=0-9', 'if-none-match': etag })).status).toBe(404)
  })

  it.each([
    ['/files', 404],
    ['/files/x', 404],
    [`/files/${'f'.repeat(24)}`, 404],
    ['/files/../files/%00', 400],
  ])('nothing is at %s', async (at, status) => {
    expect((await get({}, at)).status).toBe(status)
  })

  it.each(['POST', 'PUT', 'DELETE'])('%s is none of its methods', async (method) => {
    expect((await get({ origin }, path, method)).status).toBe(405)
  })
})
