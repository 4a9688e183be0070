import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MailItem } from '../../models/mail'
import type { Letter, MailAnswer, Ports } from '../../server/ports'
import { queueMail } from '../../server/services/mail'
import { deliverNext, LEASE_MS, sweepLetters } from '../../server/services/mail-delivery'
import { inTransaction } from '../../server/services/transaction'
import type { Mail } from '../../shared/mails'
import { createWorld, type World } from '../setup/world'

const CODE: Mail = {
  to: 'nurse@hospital.example',
  lang: 'ru',
  template: 'sign-in-code',
  values: { code: '481 516', minutes: 10 },
}
const GONE: Mail = {
  to: 'nurse@hospital.example',
  lang: 'en',
  template: 'removed-from-partnership',
  values: { partnership: { en: 'Saratov / Bemidji' } },
}
const HOUR = 3_600_000

/** The world with an empty outbox. */
async function quiet(): Promise<World> {
  const world = await createWorld()
  await MailItem.deleteMany({})
  return world
}

const queue = (ports: Ports, mail: Mail = GONE) =>
  inTransaction((session) => queueMail(ports, mail, session))

const later = (ports: Ports, ms: number): Ports => ({
  ...ports,
  clock: { now: () => new Date(Date.now() + ms) },
})

/** A mail server's end of the port, that answers as it is told and writes down what came. */
function answering(ports: Ports, answers: (letter: Letter) => MailAnswer | Promise<MailAnswer>) {
  const came: Letter[] = []
  const mailer = {
    keeps: false,
    async send(letter: Letter) {
      came.push(letter)
      return answers(letter)
    },
    forget: async () => {},
  }
  return { came, ports: { ...ports, mailer } }
}

const AWAY: MailAnswer = { taken: false, isFinal: false, code: 'line' }
const TAKEN: MailAnswer = { taken: true }

describe('the outbox', () => {
  it('holds a letter only if what it tells of is committed', async () => {
    const { ports } = await quiet()
    const undone = inTransaction(async (session) => {
      await queueMail(ports, GONE, session)
      throw new Error('not after all')
    })
    await expect(undone).rejects.toThrow('not after all')
    expect(await deliverNext(ports)).toBe('none')
    await queue(ports)
    expect(await deliverNext(ports)).toBe('sent')
    expect(await deliverNext(ports)).toBe('none')
  })

  it('is a folder of letters for this account alone where no mail server is configured', async () => {
    const { ports, outbox } = await quiet()
    await queue(ports, CODE)
    await deliverNext(ports)
    const [name = ''] = await readdir(outbox)
    const [row] = await MailItem.find().lean()
    expect(name).toBe(`${row?._id}.eml`)
    const file = await readFile(join(outbox, name), 'utf8')
    expect(file).toContain('To: nurse@hospital.example')
    expect(file).toContain(`Message-ID: <${row?._id}@test.twinward.example>`)
    expect(row?.values).toEqual(CODE.values)
  })

  it('forgets what its letters said, and their files, after a day', async () => {
    const { ports, outbox } = await quiet()
    await queue(ports, CODE)
    await deliverNext(ports)
    expect(await sweepLetters(later(ports, 23 * HOUR))).toEqual({ letters: 0 })
    expect(await readdir(outbox)).toHaveLength(1)
    expect(await sweepLetters(later(ports, 25 * HOUR))).toEqual({ letters: 1 })
    expect(await readdir(outbox)).toEqual([])
    expect((await MailItem.findOne().lean())?.values).toEqual({})
  })
})

describe('delivery', () => {
  it('removes codes and links from the row once a mail server has taken the letter', async () => {
    const { ports } = await quiet()
    const server = answering(ports, () => TAKEN)
    await queue(ports, CODE)
    expect(await deliverNext(server.ports)).toBe('sent')
    expect(server.came[0]?.text).toContain('481 516')
    const row = await MailItem.findOne().lean()
    expect(row).toMatchObject({ status: 'sent', tries: 1 })
    expect(row?.values).toEqual({})
  })

  it('tries again after a minute, then after twice as long, with the same id', async () => {
    const { ports } = await quiet()
    const server = answering(ports, () => AWAY)
    await queue(ports)
    expect(await deliverNext(server.ports)).toBe('away')
    expect(await deliverNext(server.ports)).toBe('none')
    const first = await MailItem.findOne().lean()
    const wait = (first?.nextAt.getTime() ?? 0) - Date.now()
    expect(wait).toBeGreaterThan(45_000)
    expect(wait).toBeLessThan(75_000)
    expect(await deliverNext(later(server.ports, 75_000))).toBe('away')
    const second = await MailItem.findOne().lean()
    const longer = (second?.nextAt.getTime() ?? 0) - Date.now() - 75_000
    expect(longer).toBeGreaterThan(90_000)
    expect(longer).toBeLessThan(150_000)
    expect(second).toMatchObject({ status: 'waiting', tries: 2, failure: 'line' })
    expect(new Set(server.came.map(({ id }) => id))).toEqual(new Set([String(first?._id)]))
    expect(server.came).toHaveLength(2)
  })

  it('gives a letter up after two days, with the last answer and without its words', async () => {
    const { ports } = await quiet()
    const server = answering(ports, () => ({ taken: false, isFinal: false, code: '451' }))
    await queue(ports)
    expect(await deliverNext(later(server.ports, 47 * HOUR))).toBe('later')
    expect(await deliverNext(later(server.ports, 48 * HOUR))).toBe('failed')
    const row = await MailItem.findOne().lean()
    expect(row).toMatchObject({ status: 'failed', failure: '451' })
    expect(row?.values).toEqual({})
  })

  it('gives a code up when it no longer holds', async () => {
    const { ports } = await quiet()
    const server = answering(ports, () => AWAY)
    await queue(ports, CODE)
    expect(await deliverNext(later(server.ports, 9.5 * 60_000))).toBe('failed')
  })

  it('gives a refused letter up at once', async () => {
    const { ports } = await quiet()
    const server = answering(ports, () => ({ taken: false, isFinal: true, code: '550' }))
    await queue(ports)
    expect(await deliverNext(server.ports)).toBe('failed')
    expect(await deliverNext(later(server.ports, HOUR))).toBe('none')
    expect(server.came).toHaveLength(1)
  })

  it('gives up a letter that nobody can write, and goes on with the others', async () => {
    const { ports } = await quiet()
    await queue(ports, CODE)
    await MailItem.updateOne({}, { $set: { template: 'of-yesterday' } })
    await queue(ports)
    const seen = [await deliverNext(ports), await deliverNext(ports)]
    expect(seen).toEqual(['failed', 'sent'])
  })

  it('sends each letter once, however many processes look', async () => {
    const { ports } = await quiet()
    const server = answering(ports, () => TAKEN)
    for (let n = 0; n < 12; n += 1) await queue(ports)
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        while ((await deliverNext(server.ports)) !== 'none');
      }),
    )
    const ids = server.came.map(({ id }) => id)
    expect(ids).toHaveLength(12)
    expect(new Set(ids).size).toBe(12)
  })

  it('sends a killed process’s letter again once its lease is over, with the same id', async () => {
    const { ports } = await quiet()
    const ended = new Promise<never>(() => {})
    const killed = answering(ports, () => ended)
    await queue(ports)
    void deliverNext(killed.ports)
    await expect.poll(() => killed.came.length).toBe(1)
    const other = answering(ports, () => TAKEN)
    expect(await deliverNext(later(other.ports, LEASE_MS - 5_000))).toBe('none')
    expect(await deliverNext(later(other.ports, LEASE_MS + 1_000))).toBe('sent')
    expect(other.came[0]?.id).toBe(killed.came[0]?.id)
  })

  it('does not let an answer that comes after its lease undo what another sender has done', async () => {
    const { ports } = await quiet()
    let answer: (late: MailAnswer) => void = () => {}
    const slow = answering(ports, () => new Promise((resolve) => (answer = resolve)))
    await queue(ports)
    const first = deliverNext(slow.ports)
    await expect.poll(() => slow.came.length).toBe(1)
    const other = answering(ports, () => TAKEN)
    expect(await deliverNext(later(other.ports, LEASE_MS + 1_000))).toBe('sent')
    answer(AWAY)
    await first
    expect(await MailItem.findOne().lean()).toMatchObject({ status: 'sent' })
  })
})
