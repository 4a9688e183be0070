import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { OwnDataPage } from '../features/own-data/own-data-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['own-data', 'library', 'errors'] }
export const meta = titled

/** What is kept about oneself: taking it along, or ending the account. */
export const loader = forMember(async ({ actor, services, lang }) => ({
  title: await titleIn(lang, (t) => t('own-data:own.title')),
  exports: await services.exports.listOwnExports(actor),
}))

export const action = actionForMember(async ({ actor, services }) => {
  await services.exports.exportOwn(actor)
  return redirect('/account/data', 303)
})

export default function OwnDataRoute() {
  const { exports } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return <OwnDataPage exports={exports} refused={isRefusal(answer) ? answer.refused.code : null} />
}
