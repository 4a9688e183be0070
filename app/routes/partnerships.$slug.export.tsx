import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { PartnershipExportPage } from '../features/own-data/partnership-export-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['own-data', 'library', 'errors'] }
export const meta = titled

/** Everything of a partnership as one archive, for those who may take it along. */
export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  return {
    title: await titleIn(lang, (t) => t('own-data:partnership.title')),
    base: `/partnerships/${slug}`,
    exports: await services.exports.listPartnershipExports(actor, id),
  }
})

export const action = actionForMember(async ({ actor, services, params }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  await services.exports.exportPartnership(actor, id)
  return redirect(`/partnerships/${slug}/export`, 303)
})

export default function PartnershipExportRoute() {
  const { base, exports } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const refused = isRefusal(answer) ? answer.refused.code : null
  return <PartnershipExportPage base={base} exports={exports} refused={refused} />
}
