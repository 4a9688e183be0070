import { beforeAll, describe, expect, it } from 'vitest'
import { Reading } from '../../models/reading'
import { DOINGS, PAGE_DOCUMENTS, type Place, place } from '../fixtures/discussion-doings'
import { type Examined, examine } from '../setup/examined'

let small: Place
let large: Place
beforeAll(async () => {
  small = await place(10, 10)
  large = await place(5_000, 10_000)
}, 120_000)

describe('what the database looks at', () => {
  it.each(DOINGS)('is bounded by the page for $name', async ({ run, most }) => {
    const few: Examined = await examine(() => run(small))
    const many: Examined = await examine(() => run(large))
    expect(many.documents).toBeLessThanOrEqual(most)
    // the same questions, however much there is
    expect(many.commands).toBeLessThanOrEqual(few.commands + 1)
  })

  it('is the next page for the next page, to the last', async () => {
    const { world, reader } = large
    const { discussions } = world.services
    let cursor: string | undefined
    for (let n = 0; n < 30; n++) {
      const page = await discussions.listThreads(reader, world.partnershipId, {
        limit: 100,
        cursor,
      })
      cursor = page.next ?? undefined
    }
    const { documents } = await examine(() =>
      discussions.listThreads(reader, world.partnershipId, { limit: 50, cursor }),
    )
    expect(documents).toBeLessThanOrEqual(PAGE_DOCUMENTS)
  })

  it('is what was read when that was little', async () => {
    const { world, reader, threadId } = large
    const { discussions } = world.services
    const at = { thread: threadId, user: reader.userId }
    const before = await Reading.findOne(at).lean().orFail()
    expect(before).toMatchObject({ readSeq: 0, unread: 9_999 + 1 })
    const { documents } = await examine(() => discussions.markRead(reader, { threadId }, 1))
    expect(documents).toBeLessThanOrEqual(20)
    expect(await Reading.findOne(at).lean()).toMatchObject({ readSeq: 1, unread: 9_999 })
  })

  it('is what is still unread when one has read on', async () => {
    const { world, reader, threadId } = large
    const { discussions } = world.services
    const row = await Reading.findOne({ thread: threadId, user: reader.userId }).lean()
    const last = row?.toldSeq ?? 0
    const { documents } = await examine(() => discussions.markRead(reader, { threadId }, last - 20))
    expect(documents).toBeLessThanOrEqual(20 + 20)
    expect(await discussions.countUnread(reader, world.partnershipId, threadId)).toMatchObject({
      thread: 20,
    })
  })
})
