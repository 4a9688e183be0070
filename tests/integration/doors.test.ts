import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { Session } from '../../models/session'
import { connect, opened } from '../setup/sockets'
import { createWorld } from '../setup/world'

/** Status of a bare WebSocket upgrade. */
function upgrade(origin: string, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(`${origin}${path}`, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
        ...headers,
      },
    })
    asked.on('response', (response) => resolve(response.statusCode ?? 0))
    asked.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode ?? 0)
    })
    asked.on('error', reject)
    asked.end()
  })
}

describe('the HTTP door', () => {
  it('says that it lives and that it is ready', async () => {
    const { origin } = await (await createWorld()).serve()
    expect((await fetch(`${origin}/healthz`)).status).toBe(200)
    expect((await fetch(`${origin}/readyz`)).status).toBe(200)
  })

  it('sends the content policy with a new nonce each time, and no frame may hold it', async () => {
    const { origin } = await (await createWorld()).serve()
    const policies = await Promise.all(
      [1, 2].map(
        async () =>
          (await fetch(`${origin}/api/v1/me`)).headers.get('content-security-policy') ?? '',
      ),
    )
    expect(policies[0]).toMatch(/script-src 'self' 'nonce-[\w-]+' 'strict-dynamic'/)
    expect(policies[0]).toContain("frame-ancestors 'none'")
    expect(policies[0]).not.toBe(policies[1])
  })

  it.each([
    ['no Origin', {}, 403],
    ['a foreign Origin', { origin: 'https://evil.example' }, 403],
    ['the Origin "null"', { origin: 'null' }, 403],
  ])('refuses a write with %s', async (_what, headers, status) => {
    const { origin } = await (await createWorld()).serve()
    const answer = await fetch(`${origin}/sign-in`, {
      method: 'POST',
      body: 'email=a',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ code: 'foreign_origin' })
  })

  it.each(['PUT', 'DELETE', 'PATCH'])('answers %s on a page with 405', async (method) => {
    const { origin } = await (await createWorld()).serve()
    expect((await fetch(`${origin}/partnerships`, { method, headers: { origin } })).status).toBe(
      405,
    )
  })

  it('refuses a body over its limit before reading it', async () => {
    const { origin } = await (await createWorld()).serve()
    const answer = await fetch(`${origin}/sign-in`, {
      method: 'POST',
      body: 'x'.repeat(1_000_001),
      headers: { origin },
    })
    expect(answer.status).toBe(413)
  })
})

describe('the one upgrade listener', () => {
  it('refuses foreign origins and unknown paths', async () => {
    const { origin } = await (await createWorld()).serve()
    expect(
      await upgrade(origin, '/socket.io/?EIO=4&transport=websocket', {
        origin: 'https://evil.example',
      }),
    ).toBe(403)
    expect(await upgrade(origin, '/elsewhere', { origin })).toBe(404)
    expect(await upgrade(origin, '/collab/aaaaaaaaaaaaaaaaaaaaaaaa', { origin })).toBe(401)
  })
})

describe('the realtime door', () => {
  it('connects nobody without a session', async () => {
    const { origin } = await (await createWorld()).serve()
    expect(await opened(connect(origin, undefined))).toBe('unauthenticated')
  })

  it('tells members what changed, and a stranger neither that nor that there is anything', async () => {
    const world = await createWorld()
    const { origin } = await world.serve()
    const [editor, stranger] = [await world.member('editor'), await world.stranger()]
    const [inside, outside] = await Promise.all([
      world.cookie(editor).then((cookie) => connect(origin, cookie)),
      world.cookie(stranger).then((cookie) => connect(origin, cookie)),
    ])
    await Promise.all([opened(inside), opened(outside)])
    const { partnershipId } = world
    expect(await inside.emitWithAck('partnership:join', { partnershipId })).toEqual({
      ok: true,
      value: null,
    })
    expect(await outside.emitWithAck('partnership:join', { partnershipId })).toEqual({
      ok: false,
      code: 'not_found',
    })

    const leaked: unknown[] = []
    outside.onAny((...heard) => leaked.push(heard))
    const heard = new Promise((resolve) => inside.on('protocol:changed', resolve))
    const id = await world.protocol()
    await world.services.protocols.renameProtocol(editor, id, { titleEn: 'Renamed', titleRu: '' })
    expect(await heard).toMatchObject({ protocolId: id, partnershipId })
    expect(leaked).toEqual([])
  })

  it.each([[{ partnershipId: { $ne: null } }], [['x']], [null], [{ partnershipId: '__proto__' }]])(
    'answers %j with invalid_input',
    async (at) => {
      const world = await createWorld()
      const { origin } = await world.serve()
      const socket = connect(origin, await world.cookie(await world.member('viewer')))
      await opened(socket)
      expect(await socket.emitWithAck('partnership:join', at as never)).toEqual({
        ok: false,
        code: 'invalid_input',
      })
    },
  )

  it('lets a socket whose session has quietly expired join nothing, and ends it', async () => {
    const world = await createWorld()
    const { origin } = await world.serve()
    const viewer = await world.member('viewer')
    const socket = connect(origin, await world.cookie(viewer))
    await opened(socket)
    const ended = new Promise((resolve) => socket.on('disconnect', resolve))
    await Session.updateMany({ user: viewer.userId }, { $set: { expiresAt: new Date(0) } })
    socket.emit('partnership:join', { partnershipId: world.partnershipId }, () => {})
    expect(await ended).toBe('io server disconnect')
  })

  it('ends the sockets of a session that ends and of a member who is removed', async () => {
    const world = await createWorld()
    const { origin } = await world.serve()
    const editor = await world.member('editor')
    const socket = connect(origin, await world.cookie(editor))
    await opened(socket)
    const ended = new Promise((resolve) => socket.on('disconnect', resolve))
    await world.remove(editor)
    expect(await ended).toBe('io server disconnect')
  })
})
