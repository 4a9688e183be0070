import { Types } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { Term } from '../../models/term'
import { indexTerms } from '../../server/services/glossary'
import { ROLES } from '../../shared/policy'
import { createWorld, type World } from '../setup/world'

async function addTerms(world: World, ...terms: [en: string, ru: string, note?: string][]) {
  const rows = terms.map(([en, ru, note = '']) => ({
    _id: new Types.ObjectId(),
    partnership: new Types.ObjectId(world.partnershipId),
    en,
    ru,
    pos: 'n',
    domain: 'art',
    note,
    key: en,
    demo: false,
  }))
  await Term.insertMany(rows)
  await indexTerms(rows, new Date())
  return rows
}

describe('the glossary', () => {
  it('is sorted by the terms of the reader’s language', async () => {
    const world = await createWorld()
    await addTerms(
      world,
      ['viral load', 'вирусная нагрузка'],
      ['dose', 'доза'],
      ['adherence', 'ёмкость'],
    )
    const reader = await world.member('viewer')
    const read = async (lang: 'en' | 'ru') =>
      (await world.services.glossary.listTerms({ ...reader, lang }, world.partnershipId)).map(
        (term) => term[lang],
      )
    expect(await read('en')).toEqual(['adherence', 'dose', 'viral load'])
    expect(await read('ru')).toEqual(['вирусная нагрузка', 'доза', 'ёмкость'])
  })

  it.each([...ROLES, 'stranger', 'admin'] as const)(
    'is open to %s as the policy says',
    async (who) => {
      const world = await createWorld()
      await addTerms(world, ['dose', 'доза'])
      const actor =
        who === 'stranger'
          ? await world.stranger()
          : who === 'admin'
            ? await world.admin()
            : await world.member(who)
      const asking = world.services.glossary.listTerms(actor, world.partnershipId)
      if (who === 'stranger') await expect(asking).rejects.toMatchObject({ code: 'not_found' })
      else if (who === 'admin' || who === 'observer') {
        await expect(asking).rejects.toMatchObject({ code: 'forbidden' })
      } else
        expect(await asking).toMatchObject([{ en: 'dose', ru: 'доза', pos: 'n', domain: 'art' }])
    },
  )

  it('keeps each partnership’s terms apart', async () => {
    const [one, other] = [await createWorld(), await createWorld()]
    await addTerms(one, ['dose', 'доза'])
    const reader = await other.member('editor')
    expect(await other.services.glossary.listTerms(reader, other.partnershipId)).toEqual([])
  })

  it('is found by either language and by its notes, each term once', async () => {
    const world = await createWorld()
    const [term] = await addTerms(world, ['viral load', 'вирусная нагрузка', 'RU abbr ВН'])
    const reader = await world.member('editor')
    for (const q of ['viral loads', 'вирусной нагрузкой', 'ВН', 'viral нагрузка']) {
      const hits = await world.services.search.search(reader, world.partnershipId, { q })
      expect(hits, q).toMatchObject([
        {
          kind: 'term',
          title: { en: 'viral load', ru: 'вирусная нагрузка' },
          path: `/partnerships/${world.slug}/glossary#term-${String(term?._id)}`,
        },
      ])
    }
  })
})
