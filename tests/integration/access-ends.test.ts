import { once } from 'node:events'
import { type ClientRequest, get, type IncomingMessage, request } from 'node:http'
import { beforeAll, describe, expect, it } from 'vitest'
import { Rendition } from '../../models/rendition'
import { Upload } from '../../models/upload'
import type { Actor } from '../../shared/actor'
import { firstText, frame, heardOf, until } from '../fixtures/collab'
import { addItem, addLink, type House, openHouse } from '../setup/access/house'
import { changeOf, openLine, readDoc, sendChange, typeInto } from '../setup/access/live'
import { connect, opened } from '../setup/sockets'
import { pathOf, tusOf } from '../setup/tus'

/** Whatever is open ends within so long after the change was made, milliseconds. */
const SOON_MS = 2_000
/** Far more than the line and its buffers hold. */
const LARGE = 32_000_000

let house: House
let large: string
beforeAll(async () => {
  house = await openHouse()
  large = await largeFile()
}, 60_000)

/** A file that nobody can have read completely by accident. */
async function largeFile(): Promise<string> {
  const { world, keeper } = house
  const by = keeper.actor as Actor
  const rendition = await addLink(world, by, await addItem(world, by))
  const part = Buffer.alloc(1_000_000, 'x')
  for (let at = 0; at < LARGE; at += part.length) {
    await world.storage.append(`large-${rendition}`, at, part)
  }
  const file = {
    key: `large-${rendition}`,
    name: 'film.mp4',
    mediaType: 'video/mp4',
    bytes: LARGE,
    sha256: '0'.repeat(64),
  }
  await Rendition.updateOne({ _id: rendition }, { $set: { file, url: null } })
  return rendition
}

/** A download that has begun and is read no further for now. */
async function beginDownload(cookie: string) {
  const asked = get(`${house.origin}/files/${large}`, { headers: { cookie }, agent: false })
  asked.on('error', () => {})
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  answer.on('error', () => {})
  let bytes = 0
  answer.on('data', (part: Buffer) => {
    bytes += part.length
  })
  await once(answer, 'data')
  answer.pause()
  expect(answer.statusCode).toBe(200)
  return {
    /** Read on to wherever it ends. */
    async rest() {
      const closed = new Promise((resolve) => answer.once('close', resolve))
      answer.resume()
      await closed
      return { isWhole: answer.complete, bytes }
    },
  }
}

/** An upload of which some bytes have come and the rest is on its way. */
async function beginUpload(cookie: string) {
  const tus = tusOf(house.origin, cookie)
  const { item } = house.things
  const metadata = { filename: 'notes.txt', resourceId: item, lang: 'en', status: 'draft' }
  const path = pathOf(await tus.create(1_000_000, metadata))
  const asked: ClientRequest = request(`${house.origin}${path}`, {
    method: 'PATCH',
    agent: false,
    headers: {
      cookie,
      origin: house.origin,
      'tus-resumable': '1.0.0',
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'content-length': 1_000_000,
    },
  })
  let end: number | 'cut' | undefined
  asked.on('error', () => {
    end ??= 'cut'
  })
  asked.on('response', (answer) => {
    end ??= answer.statusCode
    answer.resume()
  })
  asked.write('Words. '.repeat(10_000))
  const id = path.split('/').at(-1)
  // some have been taken: its writer holds the row
  await until('taken', async () => (await Upload.findById(id).lean())?.lease?.by !== undefined)
  return { end: () => end, path, tus }
}

describe('a member who is removed while everything is open', () => {
  it('loses the editor, the page, the upload and the download within two seconds', async () => {
    const { world, origin, things } = house
    const actor = await world.member('editor')
    const cookie = await world.cookie(actor)
    const line = await openLine(origin, cookie, things.draft)
    const doc = await readDoc(line)
    const page = connect(origin, cookie)
    await opened(page)
    await page.emitWithAck('thread:join', { threadId: things.thread, afterRev: 0 })
    const upload = await beginUpload(cookie)
    const download = await beginDownload(cookie)

    await world.remove(actor)

    const isOver = () =>
      line.closed() !== undefined && page.disconnected && upload.end() !== undefined
    await until('everything ended', isOver, SOON_MS)
    expect(line.closed()).toEqual({ code: 4410, reason: 'access_ended' })
    expect(heardOf(line, 'denied')).toEqual([{ kind: 'denied', code: 'access_ended' }])
    expect(['cut', 404]).toContain(upload.end())
    const { isWhole, bytes } = await download.rest()
    expect(isWhole).toBe(false)
    expect(bytes).toBeLessThan(LARGE)

    // and coming back is refused, at each of the four
    expect((await openLine(origin, cookie, things.draft)).status).toBe(404)
    expect((await upload.tus.head(upload.path)).status).toBe(404)
    const again = await fetch(`${origin}/files/${large}`, { headers: { cookie } })
    expect(again.status).toBe(404)
    const back = connect(origin, cookie)
    await opened(back)
    const { thread: threadId } = things
    expect(await back.emitWithAck('thread:join', { threadId, afterRev: 0 })).toEqual({
      ok: false,
      code: 'not_found',
    })
    expect(doc.getXmlFragment('body:en').length).toBeGreaterThan(0)
  })

  it('keeps none of it after the session has ended elsewhere', async () => {
    const { world, origin, things } = house
    const actor = await world.member('editor')
    const cookie = await world.cookie(actor)
    const line = await openLine(origin, cookie, things.draft)
    const download = await beginDownload(cookie)
    const bearer = await house.now({ standing: 'editor', actor, cookie })
    await world.services.accounts.signOut(bearer)
    await until('ended', () => line.closed() !== undefined, SOON_MS)
    expect(line.closed()?.code).toBe(4401)
    expect((await download.rest()).isWhole).toBe(false)
  })

  it('leaves the downloads of everybody else alone', async () => {
    const { world, people } = house
    const actor = await world.member('editor')
    const download = await beginDownload(people.viewer.cookie ?? '')
    await world.remove(actor)
    expect(await download.rest()).toEqual({ isWhole: true, bytes: LARGE })
  })
})

describe('an editor who becomes a viewer while a hundred frames are on their way', () => {
  it('keeps what was stored before, and is told from which frame on nothing was taken', async () => {
    const { world, origin } = house
    const room = await world.protocol()
    const actor = await world.member('editor')
    const cookie = await world.cookie(actor)
    const line = await openLine(origin, cookie, room)
    const doc = await readDoc(line)
    await sendChange(
      line,
      changeOf(doc, () => typeInto(doc, '|')),
    )
    const word = (n: number) => `w${String(n).padStart(3, '0')} `
    const append = (n: number) =>
      changeOf(doc, () => firstText(doc).insert(firstText(doc).length, word(n)))
    for (let n = 1; n <= 50; n++) line.socket.send(frame.sync(2, append(n)))
    const demoted = world.setRole(actor, 'viewer')
    for (let n = 51; n <= 100; n++) {
      if (line.socket.readyState === line.socket.OPEN) line.socket.send(frame.sync(2, append(n)))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await demoted
    // what is sent after it has been told is refused in any case
    if (line.socket.readyState === line.socket.OPEN) line.socket.send(frame.sync(2, append(101)))
    await until('refused', () => line.closed() !== undefined, SOON_MS)

    expect(line.closed()).toEqual({ code: 4403, reason: 'forbidden' })
    const [refused] = heardOf(line, 'refused')
    expect(refused?.code).toBe('forbidden')
    // the first frame was the bar
    const taken = (refused?.frame ?? 0) - 2
    const acknowledged = heardOf(line, 'ack').at(-1)?.frames ?? 0
    expect(acknowledged).toBeLessThanOrEqual(taken + 1)
    const at = { partnership: world.partnershipId, room }
    const stored = (await world.collab.live.read(at)).blocks.en[0]?.text ?? ''
    const all = Array.from({ length: taken }, (_, index) => word(index + 1)).join('')
    expect(stored.trim()).toBe(`|${all}`.trim())
  })
})
