import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { SaveProfile } from '../../shared/schemas/profiles'
import { ProfilePage } from '../features/profile/profile-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['auth'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, request, lang }) => {
  const profile = await services.profiles.readProfile(actor)
  return {
    title: await titleIn(lang, (t) => t('account:profile.title')),
    profile,
    zones: zonesWith(profile.timeZone),
    isSaved: new URL(request.url).searchParams.has('saved'),
  }
})

/** The zones that there are, and the stored one, which an older table may call otherwise. */
function zonesWith(stored: string): string[] {
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', stored])].sort()
}

export const action = actionForMember(async ({ actor, services, request }) => {
  const input = await parseForm(request, SaveProfile)
  await services.profiles.saveProfile(actor, input)
  return redirect('/account?saved', 303)
})

export default function ProfileRoute() {
  const answer = useActionData<typeof action>()
  return (
    <ProfilePage {...useLoaderData<typeof loader>()} refusal={isRefusal(answer) ? answer : null} />
  )
}
