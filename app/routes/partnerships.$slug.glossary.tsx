import { useLoaderData } from '@remix-run/react'
import { GlossaryPage } from '../features/glossary/glossary-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['search'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const partnership = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const asked = new URL(request.url).searchParams
  return {
    title: await titleIn(lang, (t) => t('search:glossary.title')),
    base: `/partnerships/${partnership.slug}`,
    // all of them: the page filters as one types
    terms: await services.glossary.listTerms(actor, partnership.id),
    q: (asked.get('q') ?? '').slice(0, 100),
    domain: (asked.get('domain') ?? '').slice(0, 100),
  }
})
export type GlossaryData = Awaited<ReturnType<typeof loader>>

export default function GlossaryRoute() {
  return <GlossaryPage {...useLoaderData<typeof loader>()} />
}
