import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Attention } from '../../models/attention'
import { Notification } from '../../models/notification'
import { Protocol } from '../../models/protocol'
import { SearchText } from '../../models/search-text'
import { startBacklog } from '../../server/jobs/backlog'
import type { Actor } from '../../shared/actor'
import { BODY_ROOT } from '../../shared/editor/content'
import { writeMark } from '../../shared/editor/ledger'
import { unitHash } from '../../shared/editor/unit-hash'
import { createWorld, type World } from '../setup/world'

/** A protocol with one drifted unit, as a version that noted nothing of it has left it. */
async function leftBehind(world: World, editor: Actor, count = 1): Promise<string[]> {
  const ids = Array.from({ length: count }, () => new Types.ObjectId())
  for (const _id of ids) {
    const doc = new Y.Doc()
    const write = (lang: 'en' | 'ru', text: string) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.setAttribute('uid', `u1-${lang}`)
      paragraph.setAttribute('unit', 'u1')
      paragraph.insert(0, [new Y.XmlText(text)])
      const body = doc.getXmlFragment(BODY_ROOT[lang])
      body.delete(0, body.length)
      body.push([paragraph])
    }
    write('en', 'Call within three days.')
    write('ru', 'Позвоните в течение трёх дней.')
    writeMark(doc, {
      unit: 'u1',
      from: 'en',
      to: 'ru',
      state: 'translated',
      by: editor.userId,
      at: new Date().toISOString(),
      expectedSrc: unitHash(['Call within three days.']),
      expectedTgt: unitHash(['Позвоните в течение трёх дней.']),
    })
    write('en', 'Call within two days.')
    const at = { partnership: world.partnershipId, room: String(_id) }
    await world.collab.live.seed(at, Y.encodeStateAsUpdate(doc))
    await Protocol.create({
      _id,
      partnership: world.partnershipId,
      title: { en: 'Missed doses', ru: 'Пропуск приёма' },
      status: 'draft',
      createdBy: editor.userId,
      clientKey: String(_id),
      createdAt: new Date('2026-01-01'),
      counts: { units: 1, inSync: 0, reviewed: 0, drifted: 1, missing: 0, draft: 0 },
      editedAt: new Date('2026-01-02'),
      editedBy: editor.userId,
    })
  }
  return ids.map(String)
}

describe('what an earlier version did not note', () => {
  it('is noted after the start: found, and on the home page, and nobody is told', async () => {
    const world = await createWorld()
    const [editor, reader] = [await world.member('editor', 'b'), await world.member('editor')]
    const [id] = await leftBehind(world, editor)
    const find = (q: string) => world.services.search.search(reader, world.partnershipId, { q })
    const home = () => world.services.home.readHome(reader, world.partnershipId)
    expect([await find('two days'), (await home()).waitingForMe]).toEqual([[], []])

    await startBacklog(world).done
    expect((await find('two days')).map((hit) => [hit.id, hit.path.split('#')[1]])).toEqual([
      [id, 'unit-u1'],
    ])
    expect(await find('пропуск')).toHaveLength(1)
    expect((await home()).waitingForMe).toMatchObject([
      {
        kind: 'drift',
        unit: 'u1',
        before: 'Call within three days.',
        after: 'Call within two days.',
        by: { id: editor.userId },
        at: '2026-01-02T00:00:00.000Z',
      },
    ])
    expect(await Notification.countDocuments({ partnership: world.partnershipId })).toBe(0)
  })

  it('is noted where only a title was written since', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const [id = ''] = await leftBehind(world, editor)
    const title = { titleEn: 'Adherence', titleRu: '' }
    await world.services.protocols.renameProtocol(editor, id, title)
    await startBacklog(world).done
    expect(await SearchText.distinct('part', { of: id })).toEqual([
      'title en',
      'unit u1 en',
      'unit u1 ru',
    ])
  })

  it("is noted of the notes of a workshop too, as nobody's task", async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const [id] = await leftBehind(world, editor)
    const workshop = new Types.ObjectId()
    await Protocol.updateOne({ _id: id }, { $set: { workshop, part: 'notes' } })
    await startBacklog(world).done
    const { partnershipId } = world
    const hits = await world.services.search.search(editor, partnershipId, { q: 'two days' })
    expect(hits.map((hit) => hit.id)).toEqual([id])
    expect(await Attention.countDocuments({ protocol: id })).toBe(0)
  })

  it('is noted a few at a time, once, whoever else does it at the same time', async () => {
    const world = await createWorld()
    const ids = await leftBehind(world, await world.member('editor'), 25)
    const of = { $in: ids.map((id) => new Types.ObjectId(id)) }
    const done = async () => (await SearchText.distinct('of', { of })).length
    const { noteBacklog } = world.services.protocols
    const first = await noteBacklog()
    expect(first.noted).toBeLessThanOrEqual(20)
    expect(await done()).toBeLessThan(25)
    await Promise.all([startBacklog(world).done, startBacklog(world).done])
    expect(await done()).toBe(25)
    expect(await Attention.countDocuments({ protocol: of })).toBe(25)
    expect((await noteBacklog()).noted).toBe(0)
  })

  it('leaves a protocol whose document is not there, and goes on with the others', async () => {
    const world = await createWorld()
    const editor = await world.member('editor')
    const [broken, whole] = await leftBehind(world, editor, 2)
    await world.db.collection('collab_rooms').deleteOne({ _id: new Types.ObjectId(broken) })
    await startBacklog(world).done
    expect(await SearchText.exists({ of: broken })).toBeNull()
    expect(await SearchText.exists({ of: whole })).not.toBeNull()
  })
})
