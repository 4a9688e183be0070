import { randomUUID } from 'node:crypto'
import { Types } from 'mongoose'
import { beforeAll, describe, expect, it } from 'vitest'
import { Protocol } from '../../models/protocol'
import { Thread } from '../../models/thread'
import type { Actor } from '../../shared/actor'
import { encodeFirstContent } from '../../shared/editor/first-content'
import { body, p } from '../fixtures/bilingual'
import { opening, threadBy } from '../fixtures/discussions'
import { createWorld, type World } from '../setup/world'

const LONG = `Call within 48 hours. ${'If nobody answers, call again in the morning. '.repeat(8)}`

let world: World
let editor: Actor
let protocolId: string
beforeAll(async () => {
  world = await createWorld()
  editor = await world.member('editor')
  protocolId = await protocolIn(world)
})

/** A protocol of three paragraphs: in both languages, in one, and a long one. */
async function protocolIn({ protocol, collab, partnershipId }: World): Promise<string> {
  const row = await Protocol.findById(await protocol())
    .lean()
    .orFail()
  // the same protocol with a text of its own from the first byte
  const _id = new Types.ObjectId()
  await Protocol.create({ ...row, _id, clientKey: randomUUID() })
  const texts = {
    en: body(p('both', 'Call  the patient.'), p('only', 'Ask first.'), p('long', LONG)),
    ru: body(p('both', 'Позвоните пациенту.'), p('long', LONG)),
  }
  const at = { partnership: partnershipId, room: String(_id) }
  await collab.live.seed(at, encodeFirstContent(texts))
  return String(_id)
}

describe('a thread about a paragraph', () => {
  it('keeps how the paragraph reads in both languages, and names the protocol', async () => {
    const threadId = await threadBy(world, editor, { protocolId, unit: 'both' })
    const { thread } = await world.services.discussions.openThread(editor, threadId)
    expect(thread.anchor).toEqual({
      protocolId,
      protocolTitle: { en: 'Missed doses', ru: 'Пропуск приёма' },
      unit: 'both',
      quote: { en: 'Call the patient.', ru: 'Позвоните пациенту.' },
    })
    expect(world.heard.filter(([event]) => event === 'thread:changed').at(-1)).toMatchObject([
      'thread:changed',
      { thread: { id: threadId, anchor: thread.anchor } },
    ])
  })

  it('quotes one language where there is one, and the beginning of what is long', async () => {
    const only = await threadBy(world, editor, { protocolId, unit: 'only' })
    const long = await threadBy(world, editor, { protocolId, unit: 'long' })
    const { discussions } = world.services
    const quoteOf = async (id: string) =>
      (await discussions.openThread(editor, id)).thread.anchor?.quote
    expect(await quoteOf(only)).toEqual({ en: 'Ask first.' })
    const quote = (await quoteOf(long))?.en ?? ''
    expect(quote.length).toBeLessThanOrEqual(160)
    expect(LONG.startsWith(quote.slice(0, -1))).toBe(true)
    expect(quote).toMatch(/\p{L}…$/u)
    expect(LONG[quote.length - 1]).toMatch(/[\s,.]/)
  })

  it('is listed with the others of its protocol, and not with those of another', async () => {
    const elsewhere = await protocolIn(world)
    const threadId = await threadBy(world, editor, { protocolId: elsewhere, unit: 'both' })
    const { items } = await world.services.discussions.listThreads(editor, world.partnershipId, {
      protocolId: elsewhere,
    })
    expect(items.map(({ id }) => id)).toEqual([threadId])
  })

  it('is refused for a paragraph that is not there, and opens nothing', async () => {
    const before = await Thread.countDocuments()
    for (const unit of ['gone', '__proto__', 'constructor']) {
      await expect(threadBy(world, editor, { protocolId, unit })).rejects.toMatchObject({
        code: 'invalid_input',
        detail: { unit: expect.any(String) },
      })
    }
    expect(await Thread.countDocuments()).toBe(before)
  })

  it('finds no protocol of another partnership', async () => {
    const elsewhere = await createWorld()
    const foreign = await protocolIn(elsewhere)
    for (const id of [foreign, 'f'.repeat(24)]) {
      await expect(
        world.services.discussions.createThread(
          editor,
          world.partnershipId,
          opening({ protocolId: id, unit: 'both' }),
        ),
      ).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})
