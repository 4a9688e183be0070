import { Form, Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { NotificationView } from '../../../shared/views'

const LOOK = 'rounded-sm text-left leading-snug underline-offset-4 hover:underline'

/**
 * Leads to what a notification is about. What has not been read is marked as read on the way, which is
 * a write and so a form; what has been is a link.
 */
export function NoticeLink({
  notice: { id, readAt, target },
  children,
}: {
  notice: NotificationView
  children: ReactNode
}) {
  if (!target) return <p className="leading-snug">{children}</p>
  if (readAt) {
    return (
      <Link to={target.path} prefetch="intent" className={LOOK}>
        {children}
      </Link>
    )
  }
  return (
    <Form method="post" action={`/notifications/${id}`}>
      <button type="submit" className={LOOK}>
        {children}
      </button>
    </Form>
  )
}
