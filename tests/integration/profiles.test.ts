import { describe, expect, it } from 'vitest'
import { AuditEntry } from '../../models/audit-entry'
import { User } from '../../models/user'
import type { Actor } from '../../shared/actor'
import { SaveProfile } from '../../shared/schemas/profiles'
import { createWorld, type World } from '../setup/world'

async function filled(
  { services }: World,
  actor: Actor,
  fields: object = {},
): Promise<SaveProfile> {
  const { name, languages, lang, timeZone, rev } = await services.profiles.readProfile(actor)
  const reads = { readsEn: languages.includes('en') ? 'on' : '', readsRu: 'on' }
  return SaveProfile.parse({ ...name, ...reads, lang, timeZone, rev, ...fields })
}

describe('one’s own profile', () => {
  it('is saved, with a line in the record that says which fields and not what', async () => {
    const world = await createWorld()
    const actor = await world.member('editor')
    const address = 'Анна Петровна'
    const input = await filled(world, actor, {
      patronymic: 'Петровна',
      address,
      timeZone: 'Asia/Yekaterinburg',
      readsEn: 'on',
    })
    await world.services.profiles.saveProfile(actor, input)
    expect(await world.services.profiles.readProfile(actor)).toMatchObject({
      name: { patronymic: 'Петровна', address, latin: 'Anna Proverkina' },
      timeZone: 'Asia/Yekaterinburg',
      languages: ['ru', 'en'],
    })
    const facts = await AuditEntry.find({ kind: 'account:changed', by: actor.userId }).lean()
    expect(facts).toMatchObject([{ detail: { fields: 'name languages lang timeZone' } }])
    expect(JSON.stringify(facts)).not.toContain('Петровна')
  })

  it('row 102: saved twice by one form is saved once', async () => {
    const world = await createWorld()
    const actor = await world.member('editor')
    const input = await filled(world, actor, { given: 'Мария' })
    const save = () => world.services.profiles.saveProfile(actor, input)
    await Promise.all([save(), save()])
    expect(await AuditEntry.countDocuments({ kind: 'account:changed', by: actor.userId })).toBe(1)
  })

  it('row 103: changed on another device meanwhile is not overwritten', async () => {
    const world = await createWorld()
    const actor = await world.member('editor')
    const [one, two] = [
      await filled(world, actor, { given: 'Мария' }),
      await filled(world, actor, { given: 'Дарья' }),
    ]
    const both = await Promise.allSettled(
      [one, two].map((input) => world.services.profiles.saveProfile(actor, input)),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((each) => each.status === 'rejected')).toMatchObject({
      reason: { code: 'conflict' },
    })
    const saved = both[0]?.status === 'fulfilled' ? 'Мария' : 'Дарья'
    expect((await User.findById(actor.userId).lean())?.name.given).toBe(saved)
  })

  it('of a zone that there is not, or that is an offset, is refused', () => {
    const form = { family: 'Park', given: 'Ann', readsEn: 'on', lang: 'en', rev: '0'.repeat(16) }
    for (const timeZone of ['Mars/Olympus', '+03:00', '', '../../etc/passwd']) {
      expect(SaveProfile.safeParse({ ...form, timeZone }).error?.issues[0]?.message).toBe(
        'time_zone',
      )
    }
  })
})
