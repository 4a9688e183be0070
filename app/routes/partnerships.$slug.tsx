import { Outlet } from '@remix-run/react'
import { Suspense } from 'react'
import { can } from '../../shared/policy'
import { ErrorMessage, ErrorPage } from '../components/error-page'
import { PageSkeleton } from '../components/skeleton'
import { WorkspaceFrame } from '../components/workspace-frame'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { usePartnership } from '../lib/partnership'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['partnerships', 'people', 'protocols'] }
export { stayRefused as shouldRevalidate } from '../lib/reread-stale'
export const meta = titled

/** What every page of a partnership stands in: which one it is, and what the reader may do there. */
export const loader = forMember(async ({ actor, services, params }) => {
  const partnership = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const within = { partnershipId: partnership.id }
  const may = {
    listProtocols: can(actor, 'protocol:list', { ...within, published: true }),
    createProtocol: can(actor, 'protocol:create', within),
    listMembers: can(actor, 'member:list', within),
    readThreads: can(actor, 'thread:read', within),
    joinWorkshops: can(actor, 'workshop:join', within),
    readLibrary: can(actor, 'file:download', within),
    readGlossary: can(actor, 'glossary:read', within),
    readRecord: can(actor, 'audit:read', within),
    search: can(actor, 'search:read', { ...within, published: true }),
    listen: can(actor, 'live:partnership', within),
    openAsAdmin: can(actor, 'admin:open', within),
  }
  return {
    partnership,
    myTone: partnership.sides.find((side) => side.id === partnership.mySideId)?.tone ?? null,
    may,
    /** Until when a programme admin has opened the content. */
    openedUntil: may.openAsAdmin
      ? ((await services.adminOpenings.readOwnOpening(actor, partnership.id))?.until ?? null)
      : null,
    /** Posts of others that the reader has not been shown. */
    unread: may.readThreads
      ? (await services.discussions.countUnread(actor, partnership.id)).total
      : 0,
  }
})

export default function WorkspaceLayout() {
  return (
    <WorkspaceFrame>
      <Suspense fallback={<PageSkeleton />}>
        <Outlet />
      </Suspense>
    </WorkspaceFrame>
  )
}

/** A page that failed stays inside its partnership; a partnership that failed has a page of its own. */
export function ErrorBoundary() {
  if (!usePartnership()) return <ErrorPage />
  return (
    <WorkspaceFrame>
      <ErrorMessage />
    </WorkspaceFrame>
  )
}
