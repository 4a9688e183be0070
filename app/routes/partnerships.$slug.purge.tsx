import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PurgeWhat } from '../../shared/schemas/purges'
import { countPlaces, openPurge, placeIn, placePath } from '../features/privacy/open-purge'
import { PurgePage } from '../features/privacy/purge-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

/** The address names a place by ids; what is to go from there is posted, and so is in no address. */
export const loader = forMember(async (asked) => {
  const { actor, services, params, request, lang } = asked
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const at = placeIn(request.url)
  const opened = await openPurge(asked, id, at)
  return {
    title: await titleIn(lang, (t) => t('privacy:purge.title')),
    back: placePath(slug, at, opened.seq),
    opened,
  }
})

/** The first step says what would happen; the second one does it. */
export const action = actionForMember(async (asked) => {
  const { actor, services, params, request } = asked
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const at = placeIn(request.url)
  const what = await parseForm(request, PurgeWhat)
  const passages = what.scope === 'passages' ? what.passages : null
  if (what.step === 'look') {
    return { confirm: { passages, count: await countPlaces(asked, id, at, what) } }
  }
  const { seq } = await openPurge(asked, id, at)
  await services.purges.purge(actor, id, at, passages)
  return redirect(placePath(slug, at, seq), 303)
})

export default function PurgeRoute() {
  const { opened, back } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  const confirm = answer && 'confirm' in answer ? answer.confirm : null
  return <PurgePage opened={opened} back={back} confirm={confirm} refusal={refusal} />
}
