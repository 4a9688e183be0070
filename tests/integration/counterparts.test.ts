import { describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { Counterpart } from '../../models/counterpart'
import { MailItem } from '../../models/mail'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { ProposeCounterpart } from '../../shared/schemas/counterparts'
import { createWorld } from '../setup/world'

/** Two physicians of the two sides, and what they may do. */
async function peers() {
  const world = await createWorld()
  const [ru, us] = [await world.member('editor', 'a'), await world.member('reviewer', 'b')]
  const { counterparts } = world.services
  const propose = (by: Actor, to: Actor, topic = '') =>
    counterparts.proposeCounterpart(
      by,
      world.partnershipId,
      ProposeCounterpart.parse({ userId: to.userId, topic }),
    )
  const list = (actor: Actor) => counterparts.listCounterparts(actor, world.partnershipId)
  const answer = async (by: Actor, how: 'confirm' | 'decline' | 'end') => {
    const row = await Counterpart.findOne({ partnership: world.partnershipId })
      .sort({ _id: -1 })
      .lean()
    const input = { counterpartId: String(row?._id), answer: how }
    return counterparts.answerCounterpart(by, world.partnershipId, input)
  }
  return { ...world, ru, us, propose, list, answer }
}

describe('a counterpart', () => {
  it('is proposed by one, who is told of the yes of the other', async () => {
    const { ru, us, propose, list, answer, services, member } = await peers()
    await propose(ru, us, ' Пропуск  приёма ')
    expect(await list(ru)).toMatchObject([
      { status: 'proposed', mine: 'proposed', topic: 'Пропуск приёма' },
    ])
    expect(await list(us)).toMatchObject([
      { mine: 'asked', people: [{ tone: 'a' }, { tone: 'b', cadre: 'physician' }] },
    ])
    // a proposal is between the two
    const colleague = await member('viewer')
    expect(await list(colleague)).toEqual([])
    const to = await User.findById(us.userId).lean()
    expect(await MailItem.find({ to: to?.email }).lean()).toMatchObject([
      { template: 'counterpart-proposed', lang: 'en', values: { by: { family: 'Проверкина' } } },
    ])
    const told = async (actor: Actor) =>
      (await services.notifications.listNotifications(actor)).items.map(
        ({ kind, readAt, target }) => [kind, readAt !== null, target?.path.split('/').at(-1)],
      )
    expect(await told(us)).toEqual([['counterpart_proposed', false, 'people']])

    await answer(us, 'confirm')
    await answer(us, 'confirm')
    expect(await list(colleague)).toMatchObject([{ status: 'confirmed', mine: null }])
    expect(await list(ru)).toMatchObject([{ mine: 'pair' }])
    expect(await told(us)).toEqual([['counterpart_proposed', true, 'people']])
    expect(await told(ru)).toEqual([['counterpart_confirmed', false, 'people']])
    expect(await AuditEntry.countDocuments({ kind: 'counterpart:confirmed', by: us.userId })).toBe(
      1,
    )
  })

  it('proposed by both at once is one pair, confirmed', async () => {
    const { ru, us, propose, list, partnershipId } = await peers()
    await Promise.all([propose(ru, us), propose(us, ru)])
    await propose(ru, us)
    await propose(us, ru)
    expect(await list(ru)).toMatchObject([{ status: 'confirmed' }])
    expect(await Counterpart.countDocuments({ partnership: partnershipId })).toBe(1)
  })

  it('row 102: proposed twice is proposed once', async () => {
    const { ru, us, propose, list } = await peers()
    await Promise.all([propose(ru, us), propose(ru, us)])
    expect(await list(us)).toHaveLength(1)
    const to = await User.findById(us.userId).lean()
    expect(await MailItem.countDocuments({ to: to?.email })).toBe(1)
  })

  it('is declined, ended by either, and can be proposed again', async () => {
    const { ru, us, propose, list, answer } = await peers()
    await propose(ru, us)
    await answer(us, 'decline')
    expect(await list(ru)).toEqual([])
    await expect(answer(us, 'confirm')).rejects.toMatchObject({ code: 'conflict' })
    await propose(us, ru)
    await answer(ru, 'confirm')
    await answer(us, 'end')
    expect(await list(ru)).toEqual([])
    expect(await AuditEntry.countDocuments({ kind: 'counterpart:ended', by: us.userId })).toBe(1)
    await propose(ru, us)
    await answer(ru, 'end')
    expect(await list(us)).toEqual([])
  })

  it('is nobody else’s to answer, and not one’s own to confirm', async () => {
    const { ru, us, propose, answer, member, stranger, list, admin } = await peers()
    await propose(ru, us)
    await expect(answer(ru, 'confirm')).rejects.toMatchObject({ code: 'forbidden' })
    await expect(answer(await member('coordinator'), 'end')).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(answer(await stranger(), 'end')).rejects.toMatchObject({ code: 'not_found' })
    await expect(list(await stranger())).rejects.toMatchObject({ code: 'not_found' })
    await expect(list(await member('observer'))).rejects.toMatchObject({ code: 'forbidden' })
    await expect(propose(await admin(), us)).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('is of the other side, and somebody who is shown', async () => {
    const { ru, propose, member, remove, stranger } = await peers()
    const gone = await member('editor', 'b')
    await remove(gone)
    await expect(propose(ru, await member('editor', 'a'))).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(propose(ru, ru)).rejects.toMatchObject({ code: 'conflict' })
    for (const to of [gone, await member('observer', 'b'), await stranger()]) {
      await expect(propose(ru, to)).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})
