import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Types } from 'mongoose'
import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { ChannelRow } from '../../models/workshop'
import { createBigBlueButton } from '../../server/adapters/big-blue-button'
import { createSecretBox } from '../../server/auth/secret-box'
import { describeConfig, readConfig } from '../../server/config'
import type { MeetingServer } from '../../server/ports'
import { channelUrl } from '../../server/services/workshop-channels'

const log = pino({ level: 'silent' })
const secrets = createSecretBox('the secret of the tests')
const workshop = { _id: new Types.ObjectId() }
const anna = { name: 'Анна "Ann" О’Нил', lang: 'ru' as const }
const channel = (kind: ChannelRow['kind'], url: string | null = null) => ({
  _id: new Types.ObjectId(),
  kind,
  url,
})

describe('a channel', () => {
  it('of a link leads to what was typed', () => {
    const typed = channel('link', 'https://zoom.example.org/j/1')
    expect(channelUrl(typed, workshop, anna, { channels: {}, secrets })).toBe(typed.url)
  })

  it('leads nowhere without a server of its kind, least of all to a stranger’s', () => {
    for (const kind of ['jitsi', 'bbb'] as const) {
      expect(channelUrl(channel(kind), workshop, anna, { channels: {}, secrets })).toBeNull()
    }
  })

  it('of Jitsi is a room that follows from the secret, not from ids that others see', () => {
    const jitsi = channel('jitsi')
    const channels = { jitsiUrl: 'https://meet.example.org/' }
    const url = new URL(channelUrl(jitsi, workshop, anna, { channels, secrets }) ?? '')
    expect(url.origin).toBe('https://meet.example.org')
    expect(url.pathname).toMatch(/^\/twinward-[\w-]{32}$/)
    expect(url.href).not.toContain(String(workshop._id))
    const settings = new URLSearchParams(url.hash.slice(1))
    expect(JSON.parse(settings.get('userInfo.displayName') ?? '')).toBe(anna.name)
    expect(JSON.parse(settings.get('config.defaultLanguage') ?? '')).toBe('ru')

    const again = channelUrl(jitsi, workshop, { name: 'B', lang: 'en' }, { channels, secrets })
    expect(new URL(again ?? '').pathname).toBe(url.pathname)
    const others = { channels, secrets: createSecretBox('another secret, just as long') }
    expect(channelUrl(jitsi, workshop, anna, others)).not.toContain(url.pathname)
  })

  it('of BigBlueButton goes by us, who make the meeting first', () => {
    const bbb = channel('bbb')
    const server = createBigBlueButton({ url: 'https://bbb.example.org', secret: 'x' }, log)
    expect(channelUrl(bbb, workshop, anna, { channels: { bbb: server }, secrets })).toBe(
      `/workshops/${workshop._id}/channel/${bbb._id}`,
    )
  })
})

describe('a call of BigBlueButton', () => {
  const closing: (() => void)[] = []
  afterEach(() => {
    for (const close of closing.splice(0)) close()
  })

  async function answering(say: (request: IncomingMessage) => string): Promise<MeetingServer> {
    const server = createServer((request, response) => response.end(say(request)))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    closing.push(() => server.close())
    const { port } = server.address() as AddressInfo
    const url = `http://127.0.0.1:${port}/bigbluebutton/`
    return createBigBlueButton({ url, secret: 'our secret' }, log)
  }

  it('is signed over exactly what is sent, and does not show the secret', () => {
    const bbb = createBigBlueButton(
      { url: 'https://bbb.example.org/bigbluebutton/api/', secret: '639259d4-9dd8-4b25' },
      log,
    )
    const address = bbb.addressOf('join', { meetingID: 'a b', fullName: 'Анна' })
    const query = 'meetingID=a+b&fullName=%D0%90%D0%BD%D0%BD%D0%B0'
    const checksum = createHash('sha256').update(`join${query}639259d4-9dd8-4b25`).digest('hex')
    expect(address).toBe(
      `https://bbb.example.org/bigbluebutton/api/join?${query}&checksum=${checksum}`,
    )
    expect(address).not.toContain('639259d4')
  })

  it('holds when the server agrees, and is unavailable when it refuses or is not there', async () => {
    const asked: string[] = []
    const willing = await answering(({ url }) => {
      asked.push(url ?? '')
      return '<response><returncode>SUCCESS</returncode></response>'
    })
    await willing.ask('create', { meetingID: 'one' })
    expect(asked[0]).toMatch(/^\/bigbluebutton\/api\/create\?meetingID=one&checksum=[0-9a-f]{64}$/)
    const refusing = await answering(() => '<response><returncode>FAILED</returncode></response>')
    const unavailable = expect.objectContaining({ code: 'unavailable' })
    await expect(refusing.ask('create', { meetingID: 'one' })).rejects.toEqual(unavailable)
    const gone = createBigBlueButton({ url: 'http://127.0.0.1:9', secret: 'x' }, log, 500)
    await expect(gone.ask('create', {})).rejects.toEqual(unavailable)
  })
})

describe('the settings of channels', () => {
  const of = (env: Record<string, string>) =>
    readConfig({ SESSION_SECRET: 'x'.repeat(32), NODE_ENV: 'test', ...env })

  it('go together, and the secret is in no log', () => {
    expect(() => of({ BBB_URL: 'https://bbb.example.org/bigbluebutton' })).toThrow('BBB_SECRET')
    const config = of({
      BBB_URL: 'https://bbb.example.org/bigbluebutton',
      BBB_SECRET: 'very secret',
      JITSI_URL: 'https://meet.example.org',
    })
    expect(config.bbb?.secret).toBe('very secret')
    expect(JSON.stringify(describeConfig(config))).not.toContain('very secret')
    expect(describeConfig(config)).toMatchObject({ jitsiUrl: 'https://meet.example.org' })
    expect(of({}).bbb).toBeUndefined()
  })
})
