import { useLoaderData } from '@remix-run/react'
import { OutboxPage } from '../features/admin/outbox-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['admin'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, request, lang }) => {
  const { searchParams } = new URL(request.url)
  const before = searchParams.get('before') ?? undefined
  const chosen = searchParams.get('letter')
  const [page, letter, title] = await Promise.all([
    services.mail.listLetters(actor, { before }),
    chosen ? services.mail.readLetter(actor, chosen) : null,
    titleIn(lang, (t) => t('admin:letters.title')),
  ])
  return { title, ...page, before: before ?? null, letter }
})
export type OutboxData = Awaited<ReturnType<typeof loader>>

export default function OutboxRoute() {
  return <OutboxPage {...useLoaderData<typeof loader>()} />
}
