import { redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { EndToken, MakeToken } from '../../shared/schemas/tokens'
import { newClientKey } from '../features/discussions/client-key'
import { TokensPage } from '../features/tokens/tokens-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { isRefusal } from '../lib/refusal'
import { actionForMember, forMember, parseForm } from '../lib/route'

export const handle: I18nHandle = { i18n: ['own-data', 'errors'] }
export const meta = titled

const Change = z.discriminatedUnion('intent', [EndToken, MakeToken])

export const loader = forMember(async ({ actor, services, lang }) => ({
  title: await titleIn(lang, (t) => t('own-data:tokens.title')),
  clientKey: newClientKey(),
  ...(await services.tokens.listTokens(actor)),
}))

/** A new token is answered in the page itself: it is in no address and is never shown again. */
export const action = actionForMember(async ({ actor, services, request }) => {
  const change = await parseForm(request, Change)
  if ('id' in change) {
    await services.tokens.endToken(actor, change.id)
    return redirect('/account/tokens', 303)
  }
  return { made: await services.tokens.makeToken(actor, change) }
})

export default function TokensRoute() {
  const answer = useActionData<typeof action>()
  const refusal = isRefusal(answer) ? answer : null
  const made = answer && 'made' in answer ? answer.made : null
  return <TokensPage {...useLoaderData<typeof loader>()} made={made} refusal={refusal} />
}
