import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import mongoose from 'mongoose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WorkshopTally } from '../../models/workshop-tally'
import { demoId } from '../../server/demo/ids'
import { freshDatabase } from '../setup/database'
import { pdf } from '../setup/files'
import { plantLiveWorkshop } from '../setup/live-workshop'
import { type Product, removeScratch, scratch, startProduct } from '../setup/product'
import { tusOf } from '../setup/tus'

const THREAD = demoId('thread who-calls')
const ITEM = String(demoId('resource never-miss'))

let env: Record<string, string>
let product: Product
let cookie: string

beforeAll(async () => {
  env = {
    MONGODB_URI: freshDatabase().uri,
    HOST: '127.0.0.1',
    DATA_DIR: await scratch(),
  }
  product = await startProduct(env)
  cookie = await cookieOf('physician.us')
})

afterAll(async () => {
  await product?.stop()
  await removeScratch()
})

/** Of a demonstration account that has just signed in. */
async function cookieOf(account: string): Promise<string> {
  const answer = await fetch(`${product.origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: product.origin },
    body: new URLSearchParams({
      email: `${account}@demo.twinward.example`,
      password: 'twinward-demo',
    }),
  })
  return /twinward_session=[^;]+/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
}

/** How many have been counted in a poll, as it stands in the database. */
async function votesOf(poll: string): Promise<number | undefined> {
  await mongoose.connect(env.MONGODB_URI ?? '', { autoIndex: false })
  try {
    return (await WorkshopTally.findById(poll).lean())?.votes.length
  } finally {
    await mongoose.disconnect()
  }
}

async function again() {
  await product.kill()
  product = await startProduct(env)
}

type Posts = { items: { seq: number; text: string; clientKey: string }[]; next: string | null }

async function posts(): Promise<Posts['items']> {
  const address = `${product.origin}/api/v1/threads/${THREAD}/replies?limit=100`
  const answer = await fetch(address, { headers: { cookie } })
  const { items }: Posts = await answer.json()
  return items
}

/** What the server said, or nothing when it died first. */
async function post(text: string, clientKey: string): Promise<number | null> {
  try {
    const answer = await fetch(`${product.origin}/api/v1/threads/${THREAD}/replies`, {
      method: 'POST',
      headers: { cookie, origin: product.origin, 'content-type': 'application/json' },
      body: JSON.stringify({ text, lang: 'en', clientKey }),
    })
    return answer.status
  } catch {
    return null
  }
}

describe('kill -9 of the server', () => {
  it('in the middle of replies leaves each of them there once, after they are sent again', async () => {
    const before = await posts()
    const sent = Array.from({ length: 12 }, (_, at) => ({ text: `Kill ${at}`, key: randomUUID() }))
    const answers = sent.map(async ({ text, key }, at) => {
      await wait(at * 8)
      return post(text, key)
    })
    await Promise.any(answers)
    await product.kill()
    const answered = await Promise.all(answers)
    product = await startProduct(env)

    const acknowledged = sent.filter((_, at) => answered[at] === 201).map(({ text }) => text)
    const kept = (await posts()).map(({ text }) => text)
    expect(kept).toEqual(expect.arrayContaining(acknowledged))
    for (const { text, key } of sent) expect([200, 201]).toContain(await post(text, key))
    const after = (await posts()).slice(before.length)
    expect(after.map(({ text }) => text).sort()).toEqual(sent.map(({ text }) => text).sort())
    // numbered without gaps
    expect(after.map(({ seq }) => seq)).toEqual(after.map((_, at) => before.length + 1 + at))
  })

  it('in the middle of an upload costs nothing that was durable; it goes on and arrives whole', async () => {
    const file = pdf(3_000_000, 5)
    let tus = tusOf(product.origin, cookie)
    const said = { filename: 'Kill.pdf', resourceId: ITEM, lang: 'en', status: 'translated' }
    const created = await tus.create(file.length, said)
    const path = new URL(created.headers.get('location') ?? '', product.origin).pathname
    // two thirds arrive for certain, the rest is on its way when the server dies
    expect((await tus.patch(path, 0, file.subarray(0, 1_000_000))).status).toBe(204)
    const dying = tus.patch(path, 1_000_000, file.subarray(1_000_000)).catch(() => null)
    await wait(15)
    await again()
    await dying

    tus = tusOf(product.origin, cookie)
    const offset = await tus.offset(path)
    expect(offset).toBeGreaterThanOrEqual(1_000_000)
    if (offset < file.length) {
      // the dead server's hold on it ends by itself
      await expect
        .poll(async () => (await tus.patch(path, offset, file.subarray(offset))).status, {
          timeout: 15_000,
          interval: 500,
        })
        .toBe(204)
    }
    const arrived = await fetch(`${product.origin}/files/${path.split('/').at(-1)}`, {
      headers: { cookie },
    })
    expect(arrived.status).toBe(200)
    const bytes = Buffer.from(await arrived.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(
      createHash('sha256').update(file).digest('hex'),
    )
    const library = await fetch(
      `${product.origin}/api/v1/partnerships/${demoId('partnership st-petersburg-new-haven')}/resources?limit=100`,
      { headers: { cookie } },
    )
    expect(JSON.stringify(await library.json()).split('Kill.pdf').length - 1).toBe(1)
  })

  it('in the middle of a poll keeps every vote that was acknowledged, and counts each person once', async () => {
    const { workshopId } = await plantLiveWorkshop(
      env.MONGODB_URI ?? '',
      'st-petersburg-new-haven',
      'coordinator.us@demo.twinward.example',
    )
    const act = async (by: string, body: object) => {
      const answer = await fetch(`${product.origin}/workshops/${workshopId}/act`, {
        method: 'POST',
        headers: { cookie: by, origin: product.origin },
        body: new URLSearchParams({ act: JSON.stringify(body) }),
      })
      return { status: answer.status, ...(await answer.json()) }
    }
    const facilitator = await cookieOf('coordinator.us')
    const { item } = await act(facilitator, {
      act: 'make_poll',
      form: 'single',
      promptEn: 'Do you use the checklist?',
      options: ['yes', 'no'].map((id) => ({ id, en: id })),
      clientKey: randomUUID(),
    })
    await act(facilitator, { act: 'open_poll', item: item.id })

    const accounts = ['physician.us', 'physician.ru', 'reviewer', 'coordinator.ru', 'viewer']
    const voters = await Promise.all([facilitator, ...accounts.map(cookieOf)])
    const votes = voters.map((by, at) => {
      const choices = [at % 3 === 0 ? 'no' : 'yes']
      return { by, body: { act: 'vote', item: item.id, choices, lang: 'en' } }
    })
    const answers = votes.map(async ({ by, body }, at) => {
      await wait(at * 6)
      return act(by, body).then(
        ({ status }) => status,
        () => null,
      )
    })
    await Promise.any(answers)
    await product.kill()
    const answered = await Promise.all(answers)
    const counted = await votesOf(item.id)
    expect(counted).toBeGreaterThanOrEqual(answered.filter((status) => status === 200).length)

    product = await startProduct(env)
    for (const { by, body } of votes) expect((await act(by, body)).status).toBe(200)
    expect(await votesOf(item.id)).toBe(votes.length)
    await act(facilitator, { act: 'close_poll', item: item.id })
    const shown = await act(facilitator, { act: 'show_results', item: item.id, on: true })
    expect(shown.item.results.counts).toEqual({ yes: 4, no: 2 })
  })
})
