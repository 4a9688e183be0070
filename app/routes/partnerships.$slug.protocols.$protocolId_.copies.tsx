import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { can } from '../../shared/policy'
import { PutBackCopy } from '../../shared/schemas/protocols'
import { CopiesPage } from '../features/editor/copies-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, idParam, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['protocols', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

/** `?put=<id>` asks before that copy is put back: a step of its own, which needs no scripts. */
export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const protocolId = idParam(params, 'protocolId')
  const kept = await services.protocols.listCopies(actor, protocolId, id)
  return {
    title: await titleIn(lang, (t) => t('protocols:copies.title')),
    protocol: { title: kept.title, address: `/partnerships/${slug}/protocols/${protocolId}` },
    copies: kept.copies,
    mayPutBack: can(actor, 'version:name', { partnershipId: id }),
    asked: new URL(request.url).searchParams.get('put'),
  }
})
export type CopiesData = Omit<Awaited<ReturnType<typeof loader>>, 'title'>

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const protocolId = idParam(params, 'protocolId')
  await services.protocols.putBackCopy(actor, protocolId, await parseForm(request, PutBackCopy), id)
  return redirect(`/partnerships/${slug}/protocols/${protocolId}`, 303)
})

export default function CopiesRoute() {
  const answer = useActionData<typeof action>()
  return (
    <CopiesPage
      {...useLoaderData<typeof loader>()}
      refused={isRefusal(answer) ? answer.refused.code : null}
    />
  )
}
