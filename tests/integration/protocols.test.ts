import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Mark } from '../../models/mark'
import { Partnership } from '../../models/partnership'
import { Protocol } from '../../models/protocol'
import { BODY_ROOT } from '../../shared/editor/content'
import { unitHash } from '../../shared/editor/unit-hash'
import { createWorld, type World } from '../setup/world'

/** A protocol whose first unit reads so, written by the server. */
async function written(world: World, en: string, ru: string) {
  const id = await world.protocol()
  const at = { partnership: world.partnershipId, room: id }
  await world.collab.live.edit(at, (doc) => {
    for (const [root, text] of [
      [BODY_ROOT.en, en],
      [BODY_ROOT.ru, ru],
    ] as const) {
      const paragraph = doc.getXmlFragment(root).get(0)
      if (paragraph instanceof Y.XmlElement) paragraph.insert(0, [new Y.XmlText(text)])
    }
  })
  const { blocks } = await world.collab.live.read(at)
  return { id, at, unit: blocks.en[0]?.unit ?? '' }
}

function markOf(unit: string, en: string, ru: string, fields: object = {}) {
  return {
    unit,
    from: 'en' as const,
    to: 'ru' as const,
    sourceHash: unitHash([en]),
    targetHash: unitHash([ru]),
    state: 'translated' as const,
    clientKey: randomUUID(),
    ...fields,
  }
}

describe('protocols', () => {
  it('creates one protocol for one intent, however often it is sent', async () => {
    const { services, member, partnershipId } = await createWorld()
    const editor = await member('editor')
    const input = { titleEn: 'Viral failure', titleRu: '', clientKey: randomUUID() }
    const [first, second] = await Promise.all([
      services.protocols.createProtocol(editor, partnershipId, input),
      services.protocols.createProtocol(editor, partnershipId, input),
    ])
    expect(second).toEqual(first)
    expect(await services.protocols.listProtocols(editor, partnershipId)).toHaveLength(1)
    expect((await Partnership.findById(partnershipId).lean())?.protocolCount).toBe(1)
  })

  it('starts a protocol with one empty unit, aligned in both languages', async () => {
    const { services, member, protocol } = await createWorld()
    const { content } = await services.protocols.readProtocol(
      await member('editor'),
      await protocol(),
    )
    expect(content.blocks.en).toMatchObject([{ text: '', kind: 'paragraph' }])
    expect(content.blocks.ru[0]?.unit).toBe(content.blocks.en[0]?.unit)
  })

  it('hides a protocol from strangers and drafts from observers', async () => {
    const { services, member, stranger, protocol } = await createWorld()
    const id = await protocol()
    for (const actor of [await stranger(), await member('observer')]) {
      await expect(services.protocols.readProtocol(actor, id)).rejects.toMatchObject({
        code: 'not_found',
      })
    }
  })

  it('shows an observer what is in force, and nothing else', async () => {
    const { services, member, protocol, partnershipId } = await createWorld()
    const observer = await member('observer')
    await protocol()
    const published = await protocol({ status: 'in_force' })
    expect(
      (await services.protocols.listProtocols(observer, partnershipId)).map(({ id }) => id),
    ).toEqual([published])
    await expect(services.protocols.readProtocol(observer, published)).resolves.toBeDefined()
  })

  it('marks a unit in sync, once per client key, and counts it', async () => {
    const world = await createWorld()
    const { id, at, unit } = await written(
      world,
      'Call within 48 hours.',
      'Позвоните в течение 48 часов.',
    )
    const editor = await world.member('editor')
    const input = markOf(unit, 'Call within 48 hours.', 'Позвоните в течение 48 часов.')
    await world.services.protocols.markInSync(editor, id, input)
    await world.services.protocols.markInSync(editor, id, input)
    const { ledger } = await world.collab.live.read(at)
    expect(ledger[`${unit}|en>ru`]).toMatchObject({ state: 'translated', by: editor.userId })
    expect(await Mark.countDocuments({ protocol: id })).toBe(1)
    await expect
      .poll(
        async () =>
          (await world.services.protocols.listProtocols(editor, world.partnershipId))[0]?.counts
            .inSync,
      )
      .toBe(1)
  })

  it('refuses a mark on a text that has moved, and writes nothing', async () => {
    const world = await createWorld()
    const { id, at, unit } = await written(
      world,
      'Call within 24 hours.',
      'Позвоните в течение 24 часов.',
    )
    const editor = await world.member('editor')
    const stale = markOf(unit, 'Call within 48 hours.', 'Позвоните в течение 24 часов.')
    await expect(world.services.protocols.markInSync(editor, id, stale)).rejects.toMatchObject({
      code: 'text_moved',
    })
    expect((await world.collab.live.read(at)).ledger).toEqual({})
    expect(await Mark.countDocuments({ protocol: id })).toBe(0)
  })

  it('lets nobody review what they marked themselves, and only reviewers review', async () => {
    const world = await createWorld()
    const { id, unit } = await written(world, 'Offer water.', 'Предложите воды.')
    const [editor, reviewer] = [await world.member('editor'), await world.member('reviewer')]
    const review = () => markOf(unit, 'Offer water.', 'Предложите воды.', { state: 'reviewed' })
    await expect(world.services.protocols.markInSync(editor, id, review())).rejects.toMatchObject({
      code: 'forbidden',
    })
    await expect(world.services.protocols.markInSync(reviewer, id, review())).resolves.toEqual({
      unit,
    })
    const own = markOf(unit, 'Offer water.', 'Предложите воды.')
    await expect(world.services.protocols.markInSync(reviewer, id, own)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })

  it('lets nobody review their own mark by turning its direction round', async () => {
    const world = await createWorld()
    const { id, unit } = await written(world, 'Offer water.', 'Предложите воды.')
    const owner = await world.member('editor')
    await Protocol.updateOne({ _id: id }, { $set: { createdBy: owner.userId } })
    const { services } = world
    await services.protocols.markInSync(owner, id, markOf(unit, 'Offer water.', 'Предложите воды.'))
    const turned = {
      ...markOf(unit, 'Предложите воды.', 'Offer water.', { state: 'reviewed' }),
      from: 'ru' as const,
      to: 'en' as const,
    }
    await expect(services.protocols.markInSync(owner, id, turned)).rejects.toMatchObject({
      code: 'own_review',
    })
  })

  it('takes no write at the address of another partnership', async () => {
    const world = await createWorld()
    const { id, unit } = await written(world, 'Offer water.', 'Предложите воды.')
    const elsewhere = await createWorld()
    const editor = await world.member('editor')
    const title = { titleEn: 'Elsewhere', titleRu: '' }
    const mark = markOf(unit, 'Offer water.', 'Предложите воды.')
    const { protocols } = world.services
    const other = elsewhere.partnershipId
    await expect(protocols.renameProtocol(editor, id, title, other)).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(protocols.markInSync(editor, id, mark, other)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('makes two protocols of one client key in two partnerships', async () => {
    const [world, elsewhere] = [await createWorld(), await createWorld()]
    const admin = await world.admin()
    const both = [world, elsewhere].map(({ partnershipId }) => partnershipId)
    const sides = await Partnership.find({ _id: { $in: both } }).lean()
    const actor = {
      ...admin,
      memberships: sides.map(({ _id, sides: [side] }) => ({
        partnershipId: String(_id),
        sideId: String(side?._id),
        role: 'editor' as const,
        status: 'active' as const,
      })),
    }
    const input = { titleEn: 'Twice', titleRu: '', clientKey: randomUUID() }
    const made = await Promise.all(
      both.map((partnershipId) =>
        world.services.protocols.createProtocol(actor, partnershipId, input),
      ),
    )
    expect(new Set(made.map(({ id }) => id)).size).toBe(2)
  })

  it('renames for editors and announces it; viewers may not', async () => {
    const { services, member, protocol, heard } = await createWorld()
    const id = await protocol()
    const title = {
      titleEn: 'Support after a missed dose',
      titleRu: 'Поддержка после пропуска приёма',
    }
    await expect(
      services.protocols.renameProtocol(await member('viewer'), id, title),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await services.protocols.renameProtocol(await member('editor'), id, title)
    expect(heard.at(-1)).toMatchObject([
      'protocol:changed',
      { protocolId: id, title: { en: title.titleEn, ru: title.titleRu } },
    ])
  })
})
