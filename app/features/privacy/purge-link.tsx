import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'

/** Where a page for removing patient data leads from: ids only, so that nothing is kept in addresses. */
export type PurgePlaceAt =
  | { what: 'post'; thread: string; reply: string }
  | { what: 'thread'; thread: string }
  | { what: 'resource'; resource: string }
  | { what: 'file'; resource: string; rendition: string }
  | { what: 'protocol' | 'text'; protocol: string; unit?: string; lang?: string }

export function purgePath(slug: string, at: PurgePlaceAt): string {
  return `/partnerships/${slug}/purge?${new URLSearchParams(at)}`
}

/** The way to it, for coordinators. */
export function PurgeLink({ slug, at }: { slug: string; at: PurgePlaceAt }) {
  const { t } = useTranslation('privacy')
  return (
    <Link
      to={purgePath(slug, at)}
      className="inline-flex min-h-7 items-center rounded-md px-1.5 text-[13px] font-medium text-ink-2 hover:bg-wash hover:text-ink"
    >
      {t(`purge.link.${at.what}`)}
    </Link>
  )
}
