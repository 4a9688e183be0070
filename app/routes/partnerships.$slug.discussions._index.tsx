import { data } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Id } from '../../shared/ids'
import { can } from '../../shared/policy'
import { toTag } from '../../shared/schemas/threads'
import { ClosedDiscussions } from '../features/discussions/closed-discussions'
import { ThreadsPage } from '../features/discussions/threads-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['discussions', 'people'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const within = { partnershipId: id }
  const title = await titleIn(lang, (t) => t('discussions:list.title'))
  // an observer belongs here: they are told what they may see instead of a bare refusal
  if (!can(actor, 'thread:read', within)) return data({ title, list: null }, 403)
  const asked = new URL(request.url).searchParams
  const filter = {
    unread: asked.get('show') === 'unread',
    tag: toTag(asked.get('tag') ?? '') || undefined,
    protocolId: Id.safeParse(asked.get('protocol')).data,
    cursor: asked.get('cursor') || undefined,
  }
  const { items, next } = await services.discussions.listThreads(actor, id, filter)
  const mayOpen = can(actor, 'thread:create', within)
  const base = `/partnerships/${slug}/discussions`
  const now = new Date().toISOString()
  return data({ title, list: { base, threads: items, next, filter, mayOpen, now } })
})
export type ThreadsData = NonNullable<Awaited<ReturnType<typeof loader>>['data']['list']>

export default function ThreadsRoute() {
  const { list } = useLoaderData<typeof loader>()
  return list ? <ThreadsPage {...list} /> : <ClosedDiscussions />
}
