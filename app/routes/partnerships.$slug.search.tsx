import { useLoaderData } from '@remix-run/react'
import { SearchQuery } from '../../shared/schemas/notifications'
import { countsOf } from '../features/search/search-counts'
import { SearchPage } from '../features/search/search-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['search'] }
export const meta = titled

/** What the service gives at most; with as many, the counts are only a part. */
const MOST = 50

export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const partnership = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const asked = new URL(request.url).searchParams
  const { q, kind } = SearchQuery.parse({
    q: (asked.get('q') ?? '').trim().slice(0, 200),
    kind: asked.get('kind') ?? undefined,
  })
  const all = q ? await services.search.search(actor, partnership.id, { q }) : []
  const isCut = all.length >= MOST
  const ofKind = all.filter((hit) => hit.kind === kind)
  const hits =
    kind && isCut ? await services.search.search(actor, partnership.id, { q, kind }) : ofKind
  return {
    title: await titleIn(lang, (t) => (q ? t('search:found.title', { q }) : t('search:title'))),
    base: `/partnerships/${partnership.slug}`,
    q,
    kind: kind ?? null,
    hits: kind ? hits : all,
    counts: isCut ? null : countsOf(all),
    isCut: kind ? hits.length >= MOST : isCut,
  }
})
export type SearchData = Awaited<ReturnType<typeof loader>>

export default function SearchRoute() {
  return <SearchPage {...useLoaderData<typeof loader>()} />
}
