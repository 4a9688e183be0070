import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { Reply } from '../../models/reply'
import { ANSWERS } from '../../server/http/api/answers'
import type { Actor } from '../../shared/actor'
import { POST_MAX } from '../../shared/schemas/threads'
import { posting, threadBy } from '../fixtures/discussions'
import { createWorld, type World } from '../setup/world'

let world: World
let origin: string
let editor: Actor
let viewer: Actor
beforeAll(async () => {
  world = await createWorld()
  origin = (await world.serve()).origin
  editor = await world.member('editor')
  viewer = await world.member('viewer', 'b')
})

const body = (fields: object = {}) => ({
  text: 'The nurse calls.',
  lang: 'en',
  clientKey: randomUUID(),
  ...fields,
})

describe('GET /partnerships/{id}/threads', () => {
  it('pages through the threads, last answered first, while some are answered', async () => {
    const own = await createWorld()
    const there = (await own.serve()).origin
    const author = await own.member('editor')
    const ids: string[] = []
    for (let n = 0; n < 5; n++) ids.unshift(await threadBy(own, author))
    const path = `/partnerships/${own.partnershipId}/threads?limit=2`
    const headers = { cookie: await own.cookie(author) }
    const seen: string[] = []
    let next: string | null = null
    do {
      const query: string = next === null ? path : `${path}&cursor=${next}`
      const response = await fetch(`${there}/api/v1${query}`, { headers })
      const answer: unknown = await response.json()
      const page = ANSWERS.ThreadPage.parse(answer)
      expect(answer).toEqual(page)
      seen.push(...page.items.map(({ id }) => id))
      next = page.next
      await own.services.discussions.postReply(author, ids[0] ?? '', posting())
    } while (next !== null)
    expect(seen).toEqual(ids)
  })

  it.each(['limit=0', 'limit=101', 'limit=x', 'cursor=abc', 'cursor=', 'cursor=%00'])(
    'refuses %s',
    async (query) => {
      const response = await get(`/partnerships/${world.partnershipId}/threads?${query}`, viewer)
      expect([response.status, await codeOf(response)]).toEqual([422, 'invalid_input'])
    },
  )

  it('is not there for strangers, and not for observers to read', async () => {
    const path = `/partnerships/${world.partnershipId}/threads`
    expect((await get(path, await world.stranger())).status).toBe(404)
    expect((await get(path, await world.member('observer'))).status).toBe(403)
    expect((await get(path, null)).status).toBe(401)
  })
})

describe('GET /threads/{id}/replies', () => {
  it('gives the posts after a number, part by part', async () => {
    const threadId = await threadBy(world, editor)
    for (let n = 2; n <= 5; n++) {
      await world.services.discussions.postReply(editor, threadId, posting({ text: `Post ${n}` }))
    }
    const seen: number[] = []
    let after = '0'
    for (;;) {
      const response = await get(`/threads/${threadId}/replies?after=${after}&limit=2`, viewer)
      const answer: unknown = await response.json()
      const part = ANSWERS.ReplyPage.parse(answer)
      expect(answer).toEqual(part)
      seen.push(...part.items.map(({ seq }) => seq))
      if (part.next === null) break
      after = part.next
    }
    expect(seen).toEqual([1, 2, 3, 4, 5])
  })

  it.each(['after=-1', 'after=1.5', 'after=abc', 'after[$gt]=1&after=x', 'limit=101', 'after='])(
    'refuses %s',
    async (query) => {
      const threadId = await threadBy(world, editor)
      const response = await get(`/threads/${threadId}/replies?${query}`, viewer)
      expect([response.status, await codeOf(response)]).toEqual([422, 'invalid_input'])
    },
  )
})

describe('POST /threads/{id}/replies', () => {
  it('stores a post, and answers a repeated key with the same', async () => {
    const threadId = await threadBy(world, editor)
    const sent = body()
    const first = await post(threadId, sent, editor)
    expect(first.status).toBe(201)
    const answer: unknown = await first.json()
    const reply = ANSWERS.Reply.parse(answer)
    expect(answer).toEqual(reply)
    expect(reply).toMatchObject({ ...sent, threadId, seq: 2 })
    const second = await post(threadId, sent, editor)
    expect([second.status, await second.json()]).toEqual([200, answer])
    expect(await Reply.countDocuments({ thread: threadId })).toBe(2)
  })

  it('refuses those who may not, in one voice with what is not there', async () => {
    const threadId = await threadBy(world, editor)
    const stranger = await world.stranger()
    const codes = async (at: string, actor: Actor | null) => {
      const response = await post(at, body(), actor)
      return [response.status, await codeOf(response)]
    }
    expect(await codes(threadId, null)).toEqual([401, 'unauthenticated'])
    expect(await codes(threadId, viewer)).toEqual([403, 'forbidden'])
    expect(await codes(threadId, stranger)).toEqual([404, 'not_found'])
    expect(await codes('f'.repeat(24), editor)).toEqual([404, 'not_found'])
    expect(await codes('not-an-id', editor)).toEqual([404, 'not_found'])
    const coordinator = await world.member('coordinator')
    await world.services.discussions.lockThread(coordinator, threadId, true)
    expect(await codes(threadId, editor)).toEqual([409, 'locked'])
    const response = await post(threadId, body(), editor, { origin: 'https://evil.example' })
    expect([response.status, await codeOf(response)]).toEqual([403, 'foreign_origin'])
    expect(await Reply.countDocuments({ thread: threadId })).toBe(1)
  })

  it.each([
    { name: 'an operator for text', sent: body({ text: { $gt: '' } }), field: 'text' },
    { name: 'a number for text', sent: body({ text: 5 }), field: 'text' },
    { name: 'null for text', sent: body({ text: null }), field: 'text' },
    { name: 'a list for text', sent: body({ text: ['a'] }), field: 'text' },
    { name: 'no text', sent: body({ text: undefined }), field: 'text' },
    { name: 'text of spaces', sent: body({ text: ' \n\u00a0 ' }), field: 'text' },
    { name: 'too long a text', sent: body({ text: 'x'.repeat(POST_MAX + 1) }), field: 'text' },
    { name: 'far too long a text', sent: body({ text: 'x'.repeat(500_000) }), field: 'text' },
    { name: 'an unknown language', sent: body({ lang: 'de' }), field: 'lang' },
    { name: 'an operator for the key', sent: body({ clientKey: { $ne: 1 } }), field: 'clientKey' },
    { name: 'no key', sent: body({ clientKey: undefined }), field: 'clientKey' },
    { name: 'a key of one’s own making', sent: body({ clientKey: 'one' }), field: 'clientKey' },
    { name: 'an operator for the answered', sent: body({ replyTo: { $ne: 1 } }), field: 'replyTo' },
    { name: 'no id for the answered', sent: body({ replyTo: 'x' }), field: 'replyTo' },
    { name: 'a list', sent: [body()], field: 'body' },
    { name: 'nothing', sent: {}, field: 'text' },
  ])('refuses $name and names the field', async ({ sent, field }) => {
    const threadId = await threadBy(world, editor)
    const response = await post(threadId, sent, editor)
    const problem = ANSWERS.Problem.parse(await response.json())
    expect(problem).toMatchObject({
      status: 422,
      code: 'invalid_input',
      detail: { [field]: expect.any(String) },
    })
    expect(await Reply.countDocuments({ thread: threadId })).toBe(1)
    // nobody is limited for what was refused
    await world.db.collection('rate_limits').deleteMany({})
  })

  it.each([
    {
      name: 'a form',
      type: 'application/x-www-form-urlencoded',
      raw: 'text=a&lang=en',
      status: 415,
    },
    { name: 'JSON as plain text', type: 'text/plain', raw: JSON.stringify(body()), status: 415 },
    { name: 'no type', type: '', raw: JSON.stringify(body()), status: 415 },
    {
      name: 'an unknown charset',
      type: 'application/json; charset=koi8-r',
      raw: JSON.stringify(body()),
      status: 415,
    },
    { name: 'half of a JSON', type: 'application/json', raw: '{"text": "a', status: 422 },
    { name: 'a bare word', type: 'application/json', raw: '"text"', status: 422 },
    { name: 'deep JSON', type: 'application/json', raw: '['.repeat(100_000), status: 422 },
    { name: '5 MB', type: 'application/json', raw: `"${'x'.repeat(5_000_000)}"`, status: 413 },
  ])('answers $status to $name', async ({ type, raw, status }) => {
    const threadId = await threadBy(world, editor)
    const response = await send(threadId, Buffer.from(raw), editor, { 'content-type': type })
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    await world.db.collection('rate_limits').deleteMany({})
  })

  it('answers 413 to a small body that unpacks to a big one', async () => {
    const threadId = await threadBy(world, editor)
    const bomb = gzipSync(JSON.stringify(body({ text: 'x'.repeat(20_000_000) })))
    expect(bomb.length).toBeLessThan(100_000)
    const response = await send(threadId, bomb, editor, {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    })
    expect(response.status).toBe(413)
  })

  it('reads no body of those to whom there is no such thread', async () => {
    const threadId = await threadBy(world, editor)
    const stranger = await world.stranger()
    const observer = await world.member('observer')
    const raws = [
      { raw: `"${'x'.repeat(900_000)}"`, type: 'application/json' },
      { raw: '{"text": "a', type: 'application/json' },
      { raw: 'text=a', type: 'text/plain' },
    ]
    for (const { raw, type } of raws) {
      const status = async (at: string, actor: Actor) =>
        (await send(at, Buffer.from(raw), actor, { 'content-type': type })).status
      expect(await status(threadId, stranger)).toBe(404)
      expect(await status('f'.repeat(24), editor)).toBe(404)
      expect(await status(threadId, observer)).toBe(403)
    }
  })

  it('takes nothing from the body but what it asks for', async () => {
    const threadId = await threadBy(world, editor)
    const claims = {
      author: viewer.userId,
      postedAt: '2099-01-01T00:00:00.000Z',
      seq: 99,
      partnership: 'f'.repeat(24),
      deletedAt: null,
      __proto__: { isAdmin: true },
    }
    const response = await post(threadId, body(claims), editor)
    const reply = ANSWERS.Reply.parse(await response.json())
    expect(reply).toMatchObject({ seq: 2, author: { id: editor.userId }, threadId })
    expect(new Date(reply.postedAt).getFullYear()).toBeLessThan(2099)
  })

  it('names GET and POST as what is allowed there', async () => {
    const threadId = await threadBy(world, editor)
    const response = await fetch(`${origin}/api/v1/partnerships/${world.partnershipId}/threads`, {
      method: 'POST',
      headers: { origin, cookie: await world.cookie(editor), 'content-type': 'application/json' },
      body: '{}',
    })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
    expect(threadId).toHaveLength(24)
  })
})

describe('/api/v1/openapi.json', () => {
  it('describes the writing of a post with its body and its answers', async () => {
    const description: unknown = await (await get('/openapi.json', null)).json()
    expect(description).toMatchObject({
      paths: {
        '/threads/{id}/replies': {
          get: { operationId: 'listReplies' },
          post: {
            operationId: 'postReply',
            requestBody: {
              content: {
                'application/json': { schema: { $ref: '#/components/schemas/PostReply' } },
              },
            },
            responses: { 200: {}, 201: {}, 409: {}, 413: {}, 415: {}, 422: {} },
          },
        },
      },
      components: {
        schemas: { PostReply: { required: expect.arrayContaining(['text', 'lang', 'clientKey']) } },
      },
    })
  })
})

async function get(path: string, actor: Actor | null): Promise<Response> {
  const cookie = actor ? await world.cookie(actor) : ''
  return fetch(`${origin}/api/v1${path}`, { headers: { cookie } })
}

async function post(threadId: string, sent: unknown, actor: Actor | null, headers = {}) {
  const raw = Buffer.from(JSON.stringify(sent))
  return send(threadId, raw, actor, { 'content-type': 'application/json', ...headers })
}

async function send(
  threadId: string,
  raw: Buffer<ArrayBuffer>,
  actor: Actor | null,
  headers: object,
) {
  const cookie = actor ? await world.cookie(actor) : ''
  return fetch(`${origin}/api/v1/threads/${threadId}/replies`, {
    method: 'POST',
    headers: { origin, cookie, ...headers },
    body: raw,
  })
}

async function codeOf(response: Response): Promise<string> {
  return ANSWERS.Problem.parse(await response.json()).code
}
