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

/** What is kept about oneself: workshops and certificates, taking all along, ending the account. */
export const loader = forMember(async ({ actor, services, lang }) => ({
  title: await titleIn(lang, (t) => t('own-data:own.title')),
  exports: await services.exports.listOwnExports(actor),
  attended: await services.attendance.listAttended(actor),
}))

export const action = actionForMember(async ({ actor, services }) => {
  await services.exports.exportOwn(actor)
  return redirect('/account/data', 303)
})

export default function OwnDataRoute() {
  const { exports, attended } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refused = isRefusal(answer) ? answer.refused.code : null
  return <OwnDataPage exports={exports} attended={attended} refused={refused} />
}
