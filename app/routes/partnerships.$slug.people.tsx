import { data } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { can } from '../../shared/policy'
import { ClosedPeople, PeoplePage } from '../features/people/people-page'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const meta = titled

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const partnership = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const title = await titleIn(lang, (t) => t('people:list.title'))
  const isOpen = can(actor, 'member:list', { partnershipId: partnership.id })
  // an observer belongs here: they are told what they may see instead of a bare refusal
  if (!isOpen)
    return data({ title, sides: partnership.sides, members: null, myId: actor.userId }, 403)
  const members = await services.partnerships.listMembers(actor, partnership.id)
  return data({ title, sides: partnership.sides, members, myId: actor.userId })
})

export default function PeopleRoute() {
  const { sides, members, myId } = useLoaderData<typeof loader>()
  if (!members) return <ClosedPeople />
  return <PeoplePage sides={sides} members={members} myId={myId} />
}
