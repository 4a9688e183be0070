import { expect, it } from 'vitest'
import { Membership } from '../../models/membership'
import { grantFor, ROLES } from '../../shared/policy'
import { createWorld } from '../setup/world'

it('those who may be called by name are the members whose role reads discussions', async () => {
  const world = await createWorld()
  const roles = new Map<string, string>()
  for (const role of ROLES) roles.set((await world.member(role)).userId, role)
  const actor = await world.member('coordinator')
  await Membership.deleteOne({ user: actor.userId })
  const removed = await world.member('editor')
  await Membership.updateOne({ user: removed.userId }, { $set: { status: 'removed' } })
  const found = await world.services.people.listMentionable(actor, world.partnershipId)
  expect(found.map(({ id }) => roles.get(id)).toSorted()).toEqual(
    ROLES.filter((role) => grantFor(role, 'thread:read') === '+').toSorted(),
  )
})
