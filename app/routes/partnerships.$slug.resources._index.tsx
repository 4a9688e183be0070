import { data } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { isLanguage } from '../../shared/languages'
import { can } from '../../shared/policy'
import { isResourceKind } from '../../shared/resource-kinds'
import { ClosedLibrary, LibraryPage } from '../features/library/library-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['library'] }
export const meta = titled

/** Items on one page. */
const PAGE = 50

export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const within = { partnershipId: id }
  const title = await titleIn(lang, (t) => t('library:list.title'))
  // an observer belongs here: they are told what they may see instead of a bare refusal
  const onlyPublished =
    !can(actor, 'file:download', within) &&
    can(actor, 'file:download', { ...within, published: true })
  if (onlyPublished) return data({ title, library: null }, 403)
  const query = new URL(request.url).searchParams
  const [kind, missing, cursor] = [query.get('kind'), query.get('missing'), query.get('cursor')]
  const asked = {
    kind: isResourceKind(kind) ? kind : null,
    missing: isLanguage(missing) ? missing : null,
    cursor: cursor || null,
  }
  const loaded = await services.resources.listResources(actor, id, {
    kind: asked.kind ?? undefined,
    missing: asked.missing ?? undefined,
    cursor: asked.cursor ?? undefined,
    limit: PAGE,
  })
  const may = {
    create: can(actor, 'resource:create', { ...within, ownerId: actor.userId }),
    listen: can(actor, 'live:partnership', within),
  }
  const base = `/partnerships/${slug}/resources`
  return data({ title, library: { partnershipId: id, base, asked, limit: PAGE, loaded, may } })
})
export type LibraryData = NonNullable<Awaited<ReturnType<typeof loader>>['data']['library']>

export default function LibraryRoute() {
  const { library } = useLoaderData<typeof loader>()
  return library ? <LibraryPage {...library} /> : <ClosedLibrary />
}
