import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { Reply } from '../../models/reply'
import type { Actor } from '../../shared/actor'
import { until } from '../fixtures/collab'
import { answerOf, ask } from '../setup/access/door'
import { type House, openHouse, openThread, type Who } from '../setup/access/house'
import { closeAfterTest } from '../setup/closing'
import { connect, listenTo, opened } from '../setup/sockets'

/** Socket.IO and posting, as the hostile table has them (docs/hostile-inputs.md, C). */

let house: House
let editor: Who
beforeAll(async () => {
  house = await openHouse()
  editor = house.people.editor
})

const thread = () => ({ threadId: house.things.thread, afterRev: 0 })
const known = ({ actor }: Who): Actor => {
  if (!actor) throw new Error('nobody')
  return actor
}

/** The next one in is served, whatever the last one did. */
async function expectServing(): Promise<void> {
  const socket = connect(house.origin, editor.cookie)
  expect(await opened(socket)).toBe('connected')
  expect(await socket.emitWithAck('thread:join', thread())).toMatchObject({ ok: true })
  socket.disconnect()
}

/** A socket that speaks Engine.IO by hand. */
async function raw({ cookie = '' }: Who) {
  const url = `${house.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
  const socket = new WebSocket(url, { headers: { cookie, origin: house.origin } })
  closeAfterTest(() => socket.terminate())
  const heard: string[] = []
  socket.on('message', (data) => heard.push(String(data)))
  socket.on('error', () => {})
  await until('opened', () => heard.length > 0)
  socket.send('40')
  await until('connected', () => heard.some((each) => each.startsWith('40')))
  return { socket, heard, isClosed: () => socket.readyState === socket.CLOSED }
}

describe('a connection', () => {
  it.each([
    ['no cookie', () => undefined],
    ['a cookie of nobody', () => `twinward_session=${'x'.repeat(43)}`],
    ['two cookies', () => `${editor.cookie}; ${house.people.viewer.cookie}`],
  ])('row 67 is refused by name with %s', async (_what, cookieOf) => {
    expect(await opened(connect(house.origin, cookieOf()))).toBe('unauthenticated')
  })

  it.each([['https://evil.example'], ['null'], [undefined]])(
    'row 67 is not upgraded from %s',
    async (origin) => {
      const url = `${house.origin.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`
      const headers = { cookie: editor.cookie ?? '', ...(origin ? { origin } : {}) }
      const socket = new WebSocket(url, { headers })
      const status = await new Promise<number>((resolve) => {
        socket.on('unexpected-response', (_request, answer) => resolve(answer.statusCode ?? 0))
        socket.on('open', () => resolve(101))
        socket.on('error', () => {})
      })
      expect(status).toBe(403)
    },
  )

  it('row 67 by polling takes no packet from another site’s page', async () => {
    const url = `${house.origin}/socket.io/?EIO=4&transport=polling`
    const cookie = editor.cookie ?? ''
    const begun = await fetch(url, { headers: { cookie } })
    const sid = /"sid":"([^"]+)"/.exec(await begun.text())?.[1] ?? ''
    const send = (headers: Record<string, string>) =>
      fetch(`${url}&sid=${sid}`, { method: 'POST', body: '40', headers: { cookie, ...headers } })
    expect((await send({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await send({})).status).toBe(403)
    expect((await send({ origin: house.origin })).status).toBe(200)
    const foreign = await fetch(url, { headers: { cookie, 'sec-fetch-site': 'cross-site' } })
    expect(foreign.status).toBe(403)
  })

  it.each([
    ['row 69', 'of a member who was removed meanwhile'],
    ['row 70', 'with the name of somebody else’s session'],
  ])('%s %s is a new one, and recovers nothing', async (row) => {
    const { world, origin } = house
    const leaving = await world.member('editor')
    const cookie = await world.cookie(leaving)
    const first = connect(origin, row === 'row 69' ? cookie : house.people.viewer.cookie)
    await opened(first)
    const pid: unknown = Reflect.get(first, '_pid') ?? first.id
    if (row === 'row 69') await world.remove(leaving)
    else first.disconnect()
    const again = connect(origin, cookie)
    again.auth = { pid, offset: '0' }
    await opened(again)
    expect(again.recovered ?? false).toBe(false)
    const heard = listenTo(again)
    await world.services.discussions.postReply(known(editor), house.things.thread, {
      text: 'Not for them.',
      lang: 'en',
      clientKey: randomUUID(),
    })
    const answer = await again.emitWithAck('thread:join', thread())
    expect(answer.ok).toBe(row === 'row 70')
    if (row === 'row 69') expect(JSON.stringify(heard)).not.toContain('Not for them')
  })
})

describe('a packet', () => {
  it.each([
    ['10,000 attachments', '510000-["thread:join",{"_placeholder":true,"num":0}]'],
    ['a place for a million', '51-["x",{"_placeholder":true,"num":1000000}]'],
    ['a place by name', '51-["x",{"_placeholder":true,"num":"splice"}]'],
    ['no attachments that it says it has', '5-["x"]'],
    ['no JSON', '42["thread:join"'],
    ['no name', '42[]'],
    ['a name that is an object', '42[{"toString":1}]'],
    ['another namespace', '40/admin,'],
  ])('row 71 with %s does no harm', async (_what, packet) => {
    const line = await raw(editor)
    const before = process.memoryUsage().rss
    line.socket.send(packet)
    // what announces attachments waits for them: others in their place end it
    line.socket.send('42["thread:typing",{"threadId":"x"}]')
    await expectServing()
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
  })

  it.each(['newListener', 'removeListener', 'disconnecting', 'connect', 'hasOwnProperty'])(
    'row 72 named %s finds no handler',
    async (event) => {
      const line = await raw(editor)
      line.socket.send(`42${JSON.stringify([event, { a: 1 }])}`)
      await expectServing()
    },
  )

  it('row 72 with a name of a megabyte ends its socket', async () => {
    const line = await raw(editor)
    line.socket.send(`42["${'x'.repeat(1_000_000)}"]`)
    await until('closed', line.isClosed)
    await expectServing()
  })

  it('row 73 that never takes its answer keeps nobody waiting', async () => {
    const line = await raw(editor)
    // asks for an answer, and is gone before it comes
    line.socket.send(`420["thread:join",${JSON.stringify(thread())}]`)
    line.socket.terminate()
    await expectServing()
  })

  it('row 82 before one has come in, or after one has left, is told to nobody', async () => {
    const { origin, things, people } = house
    const watching = connect(origin, people.coordinator.cookie)
    const typing = connect(origin, editor.cookie)
    await Promise.all([opened(watching), opened(typing)])
    await watching.emitWithAck('thread:join', thread())
    const heard = listenTo(watching)
    const { thread: threadId } = things
    typing.emit('thread:typing', { threadId })
    await typing.emitWithAck('thread:join', thread())
    await typing.emitWithAck('thread:leave', { threadId })
    typing.emit('thread:typing', { threadId })
    // the answer to this shows that what came before it has been dealt with
    await typing.emitWithAck('thread:leave', { threadId })
    await watching.emitWithAck('thread:join', thread())
    expect(heard.filter(([event]) => event === 'thread:typing')).toEqual([])
  })

  it('row 83 that asks for what is foreign and for what is nothing gets one answer', async () => {
    const { origin, elsewhere, people } = house
    const foreign = await openThread(elsewhere, await elsewhere.member('editor'))
    const ask = async (at: { threadId: string; afterRev: number }) => {
      const socket = connect(origin, people.editor.cookie)
      await opened(socket)
      return socket.emitWithAck('thread:join', at)
    }
    const nothing = await ask({ threadId: 'f'.repeat(24), afterRev: 0 })
    expect(await ask({ threadId: foreign.thread, afterRev: 0 })).toEqual(nothing)
    expect(nothing).toEqual({ ok: false, code: 'not_found' })
  })
})

describe('a post', () => {
  const send = async (body: unknown, who = editor, threadId = house.things.thread) => {
    const response = await fetch(`${house.origin}/api/v1/threads/${threadId}/replies`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        origin: house.origin,
        cookie: who.cookie ?? '',
        'content-type': 'application/json',
      },
    })
    return { status: response.status, text: await response.text() }
  }
  const words = (fields: object = {}) => ({
    text: 'Dose checked.',
    lang: 'en',
    clientKey: randomUUID(),
    ...fields,
  })

  it.each([
    ['{"$gt":""}', { $gt: '' }],
    ['a number', 5],
    ['null', null],
    ['an array', ['x']],
    ['nothing', ''],
    ['20,001 characters', 'x'.repeat(20_001)],
  ])('row 74 whose words are %s is refused by its field', async (_what, text) => {
    const { status, text: said } = await send(words({ text }))
    expect(status).toBe(422)
    expect(Object.keys(JSON.parse(said).detail)).toEqual(['text'])
  })

  it('row 74 of five megabytes is refused before it is read', async () => {
    expect((await send(words({ text: 'x'.repeat(5_000_000) }))).status).toBe(413)
  })

  it('row 75 to a closed thread comes back with its words', async () => {
    const { world, base } = house
    const own = await openThread(world, known(editor))
    await world.services.discussions.lockThread(known(house.keeper), own.thread, true)
    expect((await send(words(), editor, own.thread)).status).toBe(409)
    const page = `${base}/discussions/${own.thread}.data`
    const { clientKey } = words()
    const { answer, text } = await ask(house, editor, page, {
      text: 'Kept in the box.',
      lang: 'en',
      clientKey,
    })
    expect(answer).toBe(answerOf(409))
    expect(text).toContain('locked')
    expect(text).toContain('Kept in the box.')
  })

  it('row 76 that is sent again is one post, and answered as it was', async () => {
    const body = words()
    const [first, again] = [await send(body), await send(body)]
    expect([first.status, again.status]).toEqual([201, 200])
    expect(JSON.parse(again.text).id).toBe(JSON.parse(first.text).id)
    expect(await Reply.countDocuments({ clientKey: body.clientKey })).toBe(1)
  })

  it('row 77 that says it is of 2099 is of now', async () => {
    const at = new Date('2099-01-01').toISOString()
    const { text } = await send(words({ postedAt: at, createdAt: at, at }))
    expect(new Date(JSON.parse(text).postedAt).getFullYear()).toBeLessThan(2099)
  })

  it('row 78 that answers one of another thread, or partnership, finds none', async () => {
    const { world, elsewhere } = house
    const [here, there] = [
      await openThread(world, known(editor)),
      await openThread(elsewhere, await elsewhere.member('editor')),
    ]
    for (const { reply } of [here, there]) {
      expect((await send(words({ replyTo: reply }))).status).toBe(404)
    }
  })

  it('row 80 of somebody else is neither edited nor deleted', async () => {
    const { base, things, people } = house
    const path = `${base}/discussions/${things.thread}/change`
    const edit = { intent: 'edit', replyId: things.reply, text: 'Mine now.' }
    for (const who of [people.editor, people.reviewer]) {
      expect((await ask(house, who, path, edit)).answer).toBe('forbidden')
      const gone = { intent: 'delete', replyId: things.reply }
      expect((await ask(house, who, path, gone)).answer).toBe('forbidden')
    }
    // nobody's words are put into another's mouth, by a coordinator neither
    expect((await ask(house, people.coordinator, path, edit)).answer).toBe('forbidden')
    expect((await Reply.findById(things.reply).lean())?.text).toBe('First.')
  })
})
