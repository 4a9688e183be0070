import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { Attention } from '../../models/attention'
import { Mark } from '../../models/mark'
import { Notification } from '../../models/notification'
import { Protocol } from '../../models/protocol'
import { SearchText } from '../../models/search-text'
import { BODY_ROOT } from '../../shared/editor/content'
import { unitHash } from '../../shared/editor/unit-hash'
import { firstText, until } from '../fixtures/collab'
import { placesOf, SECRET } from '../fixtures/purges'
import { createWorld } from '../setup/world'

/** A protocol whose Russian text names a patient, was marked so, and has drifted since. */
async function driftedProtocol() {
  const world = await createWorld()
  const id = await world.protocol()
  const editor = await world.member('editor')
  const at = { partnership: world.partnershipId, room: id }
  const write = (lang: 'en' | 'ru', text: string) =>
    world.ports.live.edit(at, (doc) => {
      const [block] = doc.getXmlFragment(BODY_ROOT[lang]).toArray()
      if (!(block instanceof Y.XmlElement)) throw new Error('no block')
      if (block.length === 0) block.insert(0, [new Y.XmlText()])
      firstText(doc, lang).insert(firstText(doc, lang).length, text)
    })
  await write('en', 'The patient misses doses.')
  await write('ru', `Пациент ${SECRET} пропускает приём.`)
  const [unit = ''] = (await world.ports.live.read(at)).blocks.en.map((block) => block.unit)
  const mark = {
    unit,
    from: 'en' as const,
    to: 'ru' as const,
    state: 'translated' as const,
    sourceHash: unitHash(['The patient misses doses.']),
    targetHash: unitHash([`Пациент ${SECRET} пропускает приём.`]),
    clientKey: randomUUID(),
  }
  await world.services.protocols.markInSync(editor, id, mark)
  await write('ru', ' Ещё раз.')
  const noted = () => Protocol.findById(id).lean()
  await until('drift noted', async () => (await noted())?.counts.drifted === 1)
  return { world, id, at, editor, noted, mark }
}

describe('what is noted of a protocol that was purged', () => {
  it('is noted anew: search, what waits, counts and marks, and nobody is told of a change', async () => {
    const { world, id, at, noted, mark } = await driftedProtocol()
    const of = { protocol: id }
    expect(new Set(await placesOf(world.db, SECRET))).toEqual(
      new Set(['collab_log', 'search_texts', 'attention']),
    )
    const told = await Notification.countDocuments(of)
    const before = await noted()

    await world.ports.live.purge(at, [{ lang: 'ru', text: SECRET }])

    expect(await placesOf(world.db, SECRET)).toEqual([])
    const text = await SearchText.findOne({ of: id, lang: 'ru', part: /^unit/ }).lean()
    expect(text?.text).toBe('Пациент […] пропускает приём. Ещё раз.')
    expect(text?.terms.join(' ')).not.toContain('сидоров')
    const row = await noted()
    expect(row).toMatchObject({ notedGen: 2, notedSeq: 1, counts: before?.counts })
    expect(await Notification.countDocuments(of)).toBe(told)
    // the hash of a paragraph gives a name away to whoever tries names
    const marks = await Mark.find(of).lean()
    expect(marks).toHaveLength(1)
    expect(marks[0]?.sourceHash).toBe(mark.sourceHash)
    expect(marks[0]?.targetHash).not.toBe(mark.targetHash)
    expect(JSON.stringify(await Attention.find(of).lean())).not.toContain(
      mark.targetHash.slice(0, 24),
    )
  })

  it('is not noted back by a process that still saw the old generation', async () => {
    const { world, at, noted } = await driftedProtocol()
    const old = await world.ports.live.read(at)
    await world.ports.live.purge(at, [{ lang: 'ru', text: SECRET }])

    await world.services.protocols.noteSettled(at, old, null, { gen: 1, seq: 5_000 })

    expect(await placesOf(world.db, SECRET)).toEqual([])
    expect(await noted()).toMatchObject({ notedGen: 2, notedSeq: 1 })
  })
})
