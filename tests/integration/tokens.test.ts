import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { io } from 'socket.io-client'
import { beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { ApiToken } from '../../models/api-token'
import { AuditEntry } from '../../models/audit-entry'
import { MailItem } from '../../models/mail'
import { Session } from '../../models/session'
import { User } from '../../models/user'
import { hashPassword } from '../../server/auth/passwords'
import { ENDPOINTS, WRITES } from '../../server/http/api/endpoints'
import type { Actor } from '../../shared/actor'
import { OPERATIONS } from '../../shared/policy'
import { MakeToken } from '../../shared/schemas/tokens'
import { operationsOf, TOKEN_SCOPE_NAMES, type TokenScope } from '../../shared/token-scopes'
import { posting, threadBy } from '../fixtures/discussions'
import { createWorld, type World } from '../setup/world'

let world: World
let origin: string
let editor: Actor
beforeAll(async () => {
  world = await createWorld()
  origin = (await world.serve()).origin
  editor = await world.member('editor')
})

const form = (scopes: readonly TokenScope[], fields: object = {}): MakeToken =>
  MakeToken.parse({
    intent: 'make',
    name: 'Night report',
    days: '30',
    clientKey: randomUUID(),
    ...Object.fromEntries(scopes.map((scope) => [`scope-${scope}`, 'on'])),
    ...fields,
  })

const make = (actor: Actor, scopes: readonly TokenScope[] = TOKEN_SCOPE_NAMES) =>
  world.services.tokens.makeToken(actor, form(scopes))

/** One that exists, for whom there is no need to ask. */
const tokenIdOf = async (token: string) => {
  const tokenHash = createHash('sha256').update(token).digest('hex')
  const row = await ApiToken.findOne({ tokenHash }).lean()
  return String(row?._id)
}

async function ask(path: string, headers: Record<string, string>, body?: object) {
  const answer = await fetch(`${origin}/api/v1${path}`, {
    headers: { ...headers, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
  const json = (await answer.json()) as { code?: string; [key: string]: unknown }
  return { status: answer.status, code: json.code, json, answer }
}
const by = (token: string) => ({ authorization: `Bearer ${token}` })

describe('a personal token', () => {
  it('reads and writes as its owner would, without a cookie and without an Origin', async () => {
    const token = await make(editor)
    expect(token).toMatch(/^twp_[\w-]{43}$/)
    expect((await ask('/me', by(token))).json.id).toBe(editor.userId)
    expect((await ask('/partnerships', by(token))).json.items).toHaveLength(1)
    const threadId = await threadBy(world, editor)
    const posted = await ask(`/threads/${threadId}/replies`, by(token), posting())
    expect(posted.status).toBe(201)
    expect(posted.json.author).toMatchObject({ id: editor.userId })
  })

  it('is stored as a hash, told of by a letter, and recorded', async () => {
    const owner = await world.member('editor')
    const token = await make(owner, ['protocols'])
    const user = await User.findById(owner.userId).lean()
    expect(JSON.stringify(await ApiToken.find().lean())).not.toContain(token.slice(4))
    const [letter] = await MailItem.find({ to: user?.email }).lean()
    expect(letter).toMatchObject({ template: 'account-changed', values: { what: 'token' } })
    expect(JSON.stringify(letter)).not.toContain(token.slice(4))
    const rows = await AuditEntry.find({ by: owner.userId }).lean()
    expect(rows.map(({ kind, detail }) => [kind, detail])).toEqual([
      ['token:made', { scopes: 'protocols', days: '30' }],
    ])
  })

  it('never allows more than its scopes, whatever its owner may', async () => {
    const threadId = await threadBy(world, editor)
    const protocolId = await world.protocol()
    const pathOf = (path: string) =>
      path.replace(
        '{id}',
        path.startsWith('/threads')
          ? threadId
          : path.startsWith('/protocols')
            ? protocolId
            : world.partnershipId,
      )
    for (const scope of TOKEN_SCOPE_NAMES) {
      const token = await make(editor, [scope])
      const allowed = operationsOf([scope])
      for (const { path, operation } of ENDPOINTS) {
        const { status } = await ask(pathOf(path), by(token))
        const expected = operation === null || allowed.includes(operation) ? 200 : 403
        expect([scope, path, status]).toEqual([scope, path, expected])
      }
      for (const { path, operation } of WRITES) {
        const { status } = await ask(pathOf(path), by(token), posting())
        const expected = operation === null || allowed.includes(operation) ? 201 : 403
        expect([scope, path, status]).toEqual([scope, path, expected])
      }
    }
  })

  it('never allows more than its owner may, and nothing in somebody else’s partnership', async () => {
    const viewer = await world.member('viewer')
    const stranger = await world.stranger()
    const threadId = await threadBy(world, editor)
    const [mine, theirs] = [await make(viewer), await make(stranger)]
    expect((await ask(`/threads/${threadId}/replies`, by(mine), posting())).status).toBe(403)
    expect((await ask(`/threads/${threadId}/replies`, by(theirs))).status).toBe(404)
    expect((await ask('/partnerships', by(theirs))).json.items).toEqual([])
  })

  it('opens nothing that a programme admin has opened in a session of theirs', async () => {
    const admin = await world.admin()
    const token = await make(admin)
    const actor = await world.services.tokens.admitToken(`Bearer ${token}`)
    expect(actor.opened).toBeUndefined()
    expect(await Session.exists({ _id: actor.sessionId })).toBeNull()
    const path = `/partnerships/${world.partnershipId}/protocols`
    expect((await ask(path, by(token))).status).toBe(403)
  })

  it('counts alone where a cookie comes with it', async () => {
    const cookie = await world.cookie(editor)
    const none = await ask('/me', { cookie, authorization: `Bearer twp_${'x'.repeat(43)}` })
    expect([none.status, none.code]).toEqual([401, 'unauthenticated'])
    const other = await world.member('viewer')
    const both = await ask('/me', { cookie, ...by(await make(other)) })
    expect(both.json.id).toBe(other.userId)
    // of another scheme: a gate in front of us; the cookie is what we go by
    const gate = await ask('/me', { cookie, authorization: 'Basic eDp5' })
    expect(gate.json.id).toBe(editor.userId)
    // no Origin, and no token either: still a foreign write
    const threadId = await threadBy(world, editor)
    const foreign = { cookie, authorization: 'Basic eDp5' }
    const refused = await ask(`/threads/${threadId}/replies`, foreign, posting())
    expect([refused.status, refused.code]).toEqual([403, 'foreign_origin'])
  })

  it.each([
    'Bearer',
    'Bearer ',
    'Bearer x',
    'Bearer twp_',
    `Bearer twp_${'a'.repeat(42)}`,
    `Bearer twp_${'a'.repeat(44)}`,
    `Bearer ${'a'.repeat(43)}`,
    `bearer twp_${'a'.repeat(43)}, Bearer twp_${'b'.repeat(43)}`,
    `Bearer ${'a'.repeat(5_000)}`,
    'Bearer {"$ne":null}',
  ])('is nobody’s when it is %s', async (authorization) => {
    const { status, code, answer } = await ask('/me', { authorization })
    expect([status, code]).toEqual([401, 'unauthenticated'])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm=.*invalid_token/)
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
  })

  it('ends at once: revoked, expired, or with its owner’s account', async () => {
    const [revoked, expired, left] = [await make(editor), await make(editor), await make(editor)]
    await world.services.tokens.endToken(editor, await tokenIdOf(revoked))
    await ApiToken.updateOne({ _id: await tokenIdOf(expired) }, { $set: { expiresAt: new Date() } })
    expect((await ask('/me', by(revoked))).status).toBe(401)
    expect((await ask('/me', by(expired))).status).toBe(401)
    expect((await ask('/me', by(left))).status).toBe(200)

    const gone = await world.member('editor')
    const theirs = await make(gone)
    await User.updateOne({ _id: gone.userId }, { $inc: { accessVersion: 1 } })
    // another password ends sessions; tokens are ended by themselves
    expect((await ask('/me', by(theirs))).status).toBe(200)
    await User.updateOne({ _id: gone.userId }, { $set: { deletedAt: new Date() } })
    expect((await ask('/me', by(theirs))).status).toBe(401)
  })

  it('is its owner’s alone to end', async () => {
    const token = await make(editor)
    const id = await tokenIdOf(token)
    await world.services.tokens.endToken(await world.member('coordinator'), id)
    expect((await ask('/me', by(token))).status).toBe(200)
    await world.services.tokens.endToken(editor, id)
    await world.services.tokens.endToken(editor, id)
    const ended = await AuditEntry.find({ kind: 'token:ended', 'subject.token': id }).lean()
    expect(ended).toHaveLength(1)
  })

  it('opens no other door', async () => {
    const token = await make(editor)
    const protocolId = await world.protocol()
    const headers = { ...by(token), origin }
    const upload = { ...headers, 'tus-resumable': '1.0.0', 'upload-length': '1' }
    expect((await fetch(`${origin}/uploads`, { method: 'POST', headers: upload })).status).toBe(401)
    expect((await fetch(`${origin}/files/${protocolId}`, { headers })).status).toBe(401)
    const record = `${origin}/record-exports/${world.partnershipId}.json`
    expect((await fetch(record, { headers })).status).toBe(401)
    const collab = new WebSocket(`${origin.replace('http', 'ws')}/collab/${protocolId}`, {
      headers,
    })
    const answered = once(collab, 'unexpected-response')
    collab.on('error', () => {})
    expect((await answered)[1].statusCode).toBe(401)
    const socket = io(origin, { transports: ['websocket'], extraHeaders: headers, retries: 0 })
    const refused = await new Promise((resolve) => {
      socket.on('connect', () => resolve(false))
      socket.on('connect_error', () => resolve(true))
    })
    socket.close()
    expect(refused).toBe(true)
  })

  it('is limited by itself, with the time to wait', async () => {
    const token = await make(editor)
    const id = await tokenIdOf(token)
    for (let n = 0; n < 600; n++) await world.ports.limits.take('api', id)
    const { status, code, answer } = await ask('/me', by(token))
    expect([status, code]).toEqual([429, 'too_many_requests'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await ask('/me', by(await make(editor)))).status).toBe(200)
  })
})

describe('making one', () => {
  it('asks for the password when the sign-in is older than ten minutes', async () => {
    const passwordHash = await hashPassword('a long passphrase')
    const actor = await world.member('editor', 'a', { passwordHash })
    await Session.updateOne(
      { _id: actor.sessionId },
      { $set: { createdAt: new Date(Date.now() - 11 * 60_000) } },
    )
    const making = (fields: object) =>
      world.services.tokens.makeToken(actor, form(['protocols'], fields))
    await expect(making({})).rejects.toMatchObject({ detail: { password: 'needed' } })
    await expect(making({ password: 'other' })).rejects.toMatchObject({
      code: 'invalid_input',
      detail: { password: 'wrong' },
    })
    expect(await ApiToken.countDocuments({ user: actor.userId })).toBe(0)
    await expect(making({ password: 'a long passphrase' })).resolves.toMatch(/^twp_/)
  })

  it('makes one of a form that is sent twice, and twenty at most', async () => {
    const actor = await world.member('editor')
    const input = form(['library'])
    await world.services.tokens.makeToken(actor, input)
    await expect(world.services.tokens.makeToken(actor, input)).rejects.toMatchObject({
      code: 'conflict',
    })
    for (let n = 1; n < 20; n++) await make(actor)
    await expect(make(actor)).rejects.toMatchObject({
      code: 'conflict',
      detail: { tokens: 'full' },
    })
    expect((await world.services.tokens.listTokens(actor)).tokens).toHaveLength(20)
  })

  it.each([
    [{ name: '' }, 'name'],
    [{ name: ' \u200b\n' }, 'name'],
    [{ name: 'x'.repeat(61) }, 'name'],
    [{ days: '31' }, 'days'],
    [{ days: undefined }, 'days'],
    [{ clientKey: 'x' }, 'clientKey'],
    [{ 'scope-protocols': 'off' }, 'scopes'],
    [{ intent: 'other' }, 'intent'],
  ])('refuses %o', (fields, field) => {
    const { error } = MakeToken.safeParse({
      intent: 'make',
      name: 'Report',
      days: '30',
      clientKey: randomUUID(),
      'scope-protocols': 'on',
      ...fields,
    })
    expect(error?.issues.map(({ path }) => path[0])).toContain(field)
  })

  it('leaves out what nobody may ask for', () => {
    const parsed = form(['library'], { 'scope-admin': 'on', scopes: 'x', user: 'y' })
    expect(Object.keys(parsed).sort()).toEqual(['clientKey', 'days', 'name', 'scopes'])
    expect(parsed.scopes).toEqual(['library'])
    const held = operationsOf(TOKEN_SCOPE_NAMES)
    expect(held.filter((each) => !OPERATIONS.includes(each))).toEqual([])
    for (const never of ['self:manage', 'token:create', 'member:see-email', 'audit:read'] as const)
      expect(held).not.toContain(never)
  })
})
