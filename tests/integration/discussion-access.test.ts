import { beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../shared/actor'
import type { Role } from '../../shared/policy'
import { BILINGUAL, codesOf, opening, posting, threadBy } from '../fixtures/discussions'
import { createWorld, type World } from '../setup/world'

type Verb = (
  actor: Actor,
  world: World,
  at: { threadId: string; replyId: string },
) => Promise<unknown>

/** Everything one can ask of discussions, and who may: everybody else is refused. */
const VERBS: readonly { name: string; roles: readonly Role[]; run: Verb }[] = [
  {
    name: 'listThreads',
    roles: ['coordinator', 'editor', 'reviewer', 'viewer'],
    run: (actor, { services, partnershipId }) =>
      services.discussions.listThreads(actor, partnershipId),
  },
  {
    name: 'openThread',
    roles: ['coordinator', 'editor', 'reviewer', 'viewer'],
    run: (actor, { services }, { threadId }) => services.discussions.openThread(actor, threadId),
  },
  {
    name: 'listReplies',
    roles: ['coordinator', 'editor', 'reviewer', 'viewer'],
    run: (actor, { services }, { threadId }) =>
      services.discussions.listReplies(actor, threadId, { seq: 0, limit: 10 }),
  },
  {
    name: 'catchUp',
    roles: ['coordinator', 'editor', 'reviewer', 'viewer'],
    run: (actor, { services }, { threadId }) => services.discussions.catchUp(actor, threadId, 0),
  },
  {
    name: 'markRead',
    roles: ['coordinator', 'editor', 'reviewer', 'viewer'],
    run: (actor, { services }, { threadId }) =>
      services.discussions.markRead(actor, { threadId }, 1),
  },
  {
    name: 'createThread',
    roles: ['coordinator', 'editor', 'reviewer'],
    run: (actor, { services, partnershipId }) =>
      services.discussions.createThread(actor, partnershipId, opening()),
  },
  {
    name: 'postReply',
    roles: ['coordinator', 'editor', 'reviewer'],
    run: (actor, { services }, { threadId }) =>
      services.discussions.postReply(actor, threadId, posting()),
  },
  {
    name: 'translateReply',
    roles: ['coordinator', 'editor', 'reviewer'],
    run: (actor, { services }, at) => services.discussions.translateReply(actor, at, 'Кто звонит?'),
  },
  {
    name: 'editReply',
    roles: [],
    run: (actor, { services }, at) => services.discussions.editReply(actor, at, 'Not theirs.'),
  },
  {
    name: 'lockThread',
    roles: ['coordinator'],
    run: (actor, { services }, { threadId }) =>
      services.discussions.lockThread(actor, threadId, false),
  },
  {
    name: 'deleteReply',
    roles: ['coordinator'],
    run: (actor, { services }, at) => services.discussions.deleteReply(actor, at),
  },
]

const ROLES: readonly Role[] = ['coordinator', 'editor', 'reviewer', 'viewer', 'observer']

let world: World
let author: Actor
const people = new Map<string, Actor>()
beforeAll(async () => {
  world = await createWorld()
  author = await world.member('editor')
  for (const role of ROLES) people.set(role, await world.member(role, 'b', BILINGUAL))
  const removed = await world.member('coordinator', 'a', BILINGUAL)
  // as the next request would find them
  people.set('removed', {
    ...removed,
    memberships: removed.memberships.map((each) => ({ ...each, status: 'removed' as const })),
  })
  people.set('stranger', await world.stranger())
  people.set('programme admin', await world.admin())
})

describe.each(VERBS)('$name', ({ roles, run }) => {
  it('is for the roles of the matrix, and tells nobody else what is there', async () => {
    const threadId = await threadBy(world, author)
    const { replies } = await world.services.discussions.openThread(author, threadId)
    const at = { threadId, replyId: replies[0]?.id ?? '' }
    // who may come last: what they do may not stand in others' way
    for (const role of ROLES.toSorted(
      (a, b) => Number(roles.includes(a)) - Number(roles.includes(b)),
    )) {
      const asked = run(actorOf(role), world, at)
      if (roles.includes(role)) await expect(asked).resolves.not.toThrow()
      else await expect(asked).rejects.toMatchObject({ code: 'forbidden' })
    }
    for (const who of ['removed', 'stranger']) {
      await expect(run(actorOf(who), world, at)).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(run(actorOf('programme admin'), world, at)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('an address of another partnership', () => {
  it('finds no thread of this one', async () => {
    const elsewhere = await createWorld()
    const threadId = await threadBy(world, author)
    const { replies } = await world.services.discussions.openThread(author, threadId)
    const partnershipId = elsewhere.partnershipId
    const at = { threadId, replyId: replies[0]?.id ?? '', partnershipId }
    const { discussions } = world.services
    const coordinator = actorOf('coordinator')
    const asked = [
      discussions.openThread(coordinator, threadId, { partnershipId }),
      discussions.postReply(coordinator, threadId, posting(), partnershipId),
      discussions.editReply(author, at, 'Elsewhere.'),
      discussions.deleteReply(coordinator, at),
      discussions.translateReply(coordinator, at, 'Не здесь.'),
      discussions.lockThread(coordinator, threadId, true, partnershipId),
      discussions.markRead(coordinator, at, 1),
      discussions.catchUp(coordinator, threadId, 0, partnershipId),
    ]
    expect(await codesOf(asked)).toEqual(asked.map(() => 'not_found'))
  })

  it('finds no post of another thread', async () => {
    const [one, two] = [await threadBy(world, author), await threadBy(world, author)]
    const { discussions } = world.services
    const { replies } = await discussions.openThread(author, one)
    const at = { threadId: two, replyId: replies[0]?.id ?? '' }
    const asked = [
      discussions.editReply(author, at, 'Elsewhere.'),
      discussions.deleteReply(actorOf('coordinator'), at),
      discussions.translateReply(actorOf('reviewer'), at, 'Не здесь.'),
    ]
    expect(await codesOf(asked)).toEqual(asked.map(() => 'not_found'))
  })
})

function actorOf(who: string): Actor {
  const actor = people.get(who)
  if (!actor) throw new Error(`nobody is ${who}`)
  return actor
}
