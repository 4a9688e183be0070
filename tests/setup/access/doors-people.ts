import { randomUUID } from 'node:crypto'
import { MailItem } from '../../../models/mail'
import { Partnership } from '../../../models/partnership'
import { type Answer, ask, type Door, form, page, post, readAnswer } from './door'
import { type House, openThread, type Who } from './house'

const HERE = 'partnerships.$slug'

/** People, the record, what leaves the house, and what is one's own. */
export const PEOPLE_DOORS: readonly Door[] = [
  page('member:invite', ({ base }) => `${base}/people/invite`, `${HERE}.people_.invite`),
  form('a letter', 'member:invite', (house, who) => invite(house, who, 'viewer')),
  form('another role', 'member:invite', async (house, who, on) => {
    const { actor } = on === 'any' ? house.people.reviewer : await house.member('reviewer')
    const sideId = actor?.memberships[0]?.sideId ?? ''
    return post(house, who, `${house.base}/people/${actor?.userId}`, {
      intent: 'change',
      role: 'viewer',
      sideId,
      cadre: 'physician',
      wasRole: 'reviewer',
      wasSideId: sideId,
      wasCadre: 'physician',
    })
  }),
  form('a letter to a coordinator', 'member:make-coordinator', (house, who) =>
    invite(house, who, 'coordinator'),
  ),
  form('a removal', 'member:remove', async (house, who, on) => {
    const { actor } = on === 'any' ? house.people.viewer : await house.member('viewer')
    return post(house, who, `${house.base}/people/${actor?.userId}`, { intent: 'remove' })
  }),
  page(
    'protocol:purge',
    ({ base, things }) => `${base}/purge?what=thread&thread=${things.thread}`,
    `${HERE}.purge`,
  ),
  form('a purge', 'protocol:purge', async (house, who, on) => {
    const author = await house.now(house.keeper)
    const { thread, reply } = on === 'any' ? house.things : await openThread(house.world, author)
    const path = `${house.base}/purge?what=post&thread=${thread}&reply=${reply}`
    return post(house, who, path, { scope: 'whole', step: 'purge' })
  }),
  page('partnership:export', ({ base }) => `${base}/export`, `${HERE}.export`),
  form('an archive', 'partnership:export', (house, who) =>
    post(house, who, `${house.base}/export`, {}),
  ),
  page('audit:read', ({ base }) => `${base}/record`, `${HERE}.record`),
  form('the record as a file', 'audit:read', async (house, who) => {
    const path = `/record-exports/${house.world.partnershipId}.json`
    return (await ask(house, who, path)).answer
  }),
  page('self:manage', () => '/account/data', 'account.data'),
  page('self:manage', () => '/account/security', 'account.security'),
  page('self:manage', () => '/account/delete', 'account_.delete'),
  form('an archive of one’s own', 'self:manage', (house, who) =>
    post(house, who, '/account/data', {}),
  ),
  {
    ...page('token:create', () => '/account/tokens', 'account.tokens'),
    // a token is nobody's partnership's: theirs gives nothing of what they have left (tokens.test.ts)
    without: ['removed'],
  },
  {
    ...form('a token', 'token:create', (house, who) =>
      post(house, who, '/account/tokens', {
        intent: 'make',
        name: 'For a test',
        days: '30',
        'scope-protocols': 'on',
        clientKey: randomUUID(),
      }),
    ),
    without: ['removed'],
  },
  form('an invitation', 'invite:accept', accept),
]

async function invite(house: House, who: Who, role: string): Promise<Answer> {
  const partnership = await Partnership.findById(house.world.partnershipId).lean()
  return post(house, who, `${house.base}/people/invite`, {
    people: `${randomUUID()}@test.twinward.example`,
    role,
    sideId: String(partnership?.sides[0]?._id),
    lang: 'en',
    clientKey: randomUUID(),
  })
}

/** Invited where they are not yet, by a letter to their own address, they follow it and say yes. */
async function accept(house: House, who: Who): Promise<Answer> {
  const world = ['removed', 'outsider'].includes(who.standing) ? house.world : house.elsewhere
  const email = who.actor
    ? (await world.services.accounts.readSelf(who.actor)).email
    : `${randomUUID()}@test.twinward.example`
  const partnership = await Partnership.findById(world.partnershipId).lean()
  await world.services.invitations.invite(await world.member('coordinator'), world.partnershipId, {
    people: email,
    role: 'viewer',
    sideId: String(partnership?.sides[0]?._id),
    lang: 'en',
    cadre: 'physician',
    note: undefined,
    clientKey: randomUUID(),
  })
  const letter = await MailItem.findOne({ to: email, template: 'invitation' }).lean()
  const { path = '' } = (letter?.values ?? {}) as { path?: string }
  const { origin } = house
  const own = who.cookie ? [who.cookie] : []
  const followed = await fetch(`${origin}${path}`, {
    redirect: 'manual',
    headers: { cookie: own.join('; ') },
  })
  const token = followed.headers.get('set-cookie')?.split(';')[0] ?? ''
  const fields: Record<string, string> = who.actor
    ? { cadre: 'physician' }
    : {
        given: 'New',
        family: 'Person',
        languages: 'en',
        cadre: 'physician',
        by: 'code',
        clientKey: randomUUID(),
      }
  const said = await fetch(`${origin}/join`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields),
    headers: { origin, cookie: [...own, token].join('; ') },
  })
  return (await readAnswer(said)).answer
}
