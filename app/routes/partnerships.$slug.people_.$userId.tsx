import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { ProposeCounterpart } from '../../shared/schemas/counterparts'
import { ChangeMember, MemberIntent } from '../../shared/schemas/members'
import { readMember } from '../features/people/member.server'
import { MemberPage } from '../features/people/member-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, idParam, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['auth'] }
export const meta = titled

export const loader = forMember(async (asked) => ({
  title: await titleIn(asked.lang, (t) => t('people:member.title')),
  ...(await readMember(asked, idParam(asked.params, 'userId'))),
}))

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const userId = idParam(params, 'userId')
  const people = `/partnerships/${slug}/people`
  const { intent } = await parseForm(request.clone(), MemberIntent)
  switch (intent) {
    case 'remove':
      await services.members.removeMember(actor, id, userId)
      return redirect(people, 303)
    case 'leave':
      if (userId !== actor.userId) throw new AppError('forbidden')
      await services.members.leavePartnership(actor, id)
      return redirect('/partnerships', 303)
    case 'propose': {
      const { topic } = await parseForm(request, ProposeCounterpart.omit({ userId: true }))
      await services.counterparts.proposeCounterpart(actor, id, { userId, topic })
      return redirect(people, 303)
    }
    case 'change': {
      const change = await parseForm(request, ChangeMember)
      await services.members.changeMember(actor, id, userId, change)
      return redirect(people, 303)
    }
  }
})

export default function MemberRoute() {
  const answer = useActionData<typeof action>()
  return (
    <MemberPage {...useLoaderData<typeof loader>()} refusal={isRefusal(answer) ? answer : null} />
  )
}
