import type { LinksFunction } from '@remix-run/node'
import type { ShouldRevalidateFunctionArgs } from '@remix-run/react'
import { useLoaderData, useParams } from '@remix-run/react'
import { pickText } from '../../shared/languages'
import { RenameProtocol } from '../../shared/schemas/protocols'
import { openProtocol } from '../features/editor/open-protocol'
import { ProtocolPage } from '../features/editor/protocol-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { actionForMember, forMember, idParam, parseForm } from '../lib/route'
import besideStyles from '../styles/beside.css?url'
import editorStyles from '../styles/editor.css?url'
import textFace from '../styles/text-face.css?url'

export const handle: I18nHandle = { i18n: ['editor', 'protocols', 'privacy', 'errors'] }
export { keepForm as clientAction } from '../lib/keep-form'
export const meta = titled
export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: textFace },
  { rel: 'stylesheet', href: editorStyles },
  { rel: 'stylesheet', href: besideStyles },
]

export const loader = forMember(async (asked) => {
  const { params, lang } = asked
  const opened = await openProtocol(asked, params.slug ?? '', idParam(params, 'protocolId'))
  return { title: pickText(opened.protocol.title, lang).text, opened }
})

/** Rename; marks have an action of their own (`….mark`), which never reloads the page. */
export const action = actionForMember(async ({ actor, services, params, request }) => {
  const title = await parseForm(request, RenameProtocol)
  const { id } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  await services.protocols.renameProtocol(actor, idParam(params, 'protocolId'), title, id)
  return { renamed: true }
})

/** Another tab of the same text on a phone is no reason to read it again; it is live. */
export function shouldRevalidate(asked: ShouldRevalidateFunctionArgs) {
  // refused or never sent: nothing has changed
  if ((asked.actionStatus ?? 200) >= 400) return false
  const isSamePage = asked.currentUrl.pathname === asked.nextUrl.pathname
  return isSamePage && !asked.formMethod ? false : asked.defaultShouldRevalidate
}

export default function ProtocolRoute() {
  const { opened } = useLoaderData<typeof loader>()
  const { slug = '' } = useParams()
  return <ProtocolPage key={opened.protocol.id} opened={opened} slug={slug} />
}
