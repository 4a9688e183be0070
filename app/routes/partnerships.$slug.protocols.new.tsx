import { randomUUID } from 'node:crypto'
import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { CreateProtocol } from '../../shared/schemas/protocols'
import { NewProtocolPage } from '../features/protocols/new-protocol-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['protocols', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled

export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  if (!can(actor, 'protocol:create', { partnershipId: id })) throw new AppError('forbidden')
  return {
    title: await titleIn(lang, (t) => t('protocols:new.title')),
    base: `/partnerships/${slug}/protocols`,
    clientKey: randomUUID(),
  }
})

export const action = actionForMember(async ({ actor, services, params, request }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const input = await parseForm(request, CreateProtocol)
  const protocol = await services.protocols.createProtocol(actor, id, input)
  return redirect(`/partnerships/${slug}/protocols/${protocol.id}`, 303)
})

export default function NewProtocolRoute() {
  const { base, clientKey } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  return (
    <NewProtocolPage
      base={base}
      clientKey={clientKey}
      refusal={isRefusal(answer) ? answer : null}
    />
  )
}
