import { Link, type LinkProps, NavLink, type NavLinkProps, useLocation } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { LocalizedText } from '../../shared/languages'
import { useFormat } from '../lib/format'
import { useUnread } from '../lib/live'
import { usePartnership } from '../lib/partnership'
import { ownSideFirst } from '../lib/sides'
import { useVisitor } from '../lib/visitor'
import { Icon, type IconName } from './icon'
import { Knot } from './knot'
import { InLanguage } from './localized-title'

type Entry = {
  to: string
  end: boolean
  icon: IconName
  label: string
  /** Another address that belongs to it. */
  also?: string
  /** Posts the reader has not been shown. */
  unread?: number
}

/** Where one can go within a partnership; only what the reader may open. */
export function Rail({ onGo }: { onGo?: () => void }) {
  const { t } = useTranslation()
  const { demo } = useVisitor()
  const workspace = usePartnership()
  const unread = useUnread()
  const format = useFormat()
  const { pathname } = useLocation()
  if (!workspace) return null
  const { partnership, may, openedUntil } = workspace
  const home = `/partnerships/${partnership.slug}`
  const entries: (Entry | false)[] = [
    { to: home, end: true, icon: 'home', label: t('nav.home') },
    may.listProtocols && {
      to: `${home}/protocols`,
      end: false,
      icon: 'protocols',
      label: t('nav.protocols'),
    },
    may.readThreads && {
      to: `${home}/discussions`,
      end: false,
      icon: 'discussions',
      label: t('nav.discussions'),
      unread,
    },
    may.joinWorkshops && {
      to: `${home}/workshops`,
      end: false,
      icon: 'workshops',
      label: t('nav.workshops'),
      also: `${home}/providers`,
    },
    may.readLibrary && {
      to: `${home}/resources`,
      end: false,
      icon: 'library',
      label: t('nav.library'),
    },
    may.readGlossary && {
      to: `${home}/glossary`,
      end: false,
      icon: 'glossary',
      label: t('nav.glossary'),
    },
    may.listMembers && { to: `${home}/people`, end: false, icon: 'people', label: t('nav.people') },
    may.readRecord && { to: `${home}/record`, end: false, icon: 'record', label: t('nav.record') },
    may.openAsAdmin && {
      to: `${home}/open`,
      end: true,
      icon: 'key',
      label: openedUntil
        ? t('nav.openedAsAdmin', { time: format.time(openedUntil) })
        : t('nav.openAsAdmin'),
    },
  ]
  return (
    <nav
      aria-label={t('nav.label')}
      className="flex flex-col gap-1 p-3 sheet:sticky sheet:top-0 sheet:h-screen sheet:overflow-y-auto sheet:px-1 sheet:py-4 rail:px-3"
    >
      <Link
        to="/partnerships"
        {...(onGo ? { onClick: onGo } : {})}
        className="mb-3 flex items-center gap-2.5 rounded-lg border border-line bg-surface p-2 leading-tight font-semibold hover:border-line-strong sheet:justify-center rail:justify-start"
      >
        <Knot />
        <span className="sheet:sr-only rail:not-sr-only">
          <Places
            places={ownSideFirst(partnership.sides, partnership.mySideId).map((side) => side.place)}
          />
        </span>
        <span className="sr-only">{t('nav.partnerships')}</span>
      </Link>
      {entries.map((entry) => {
        if (!entry) return null
        const Way = entry.also === pathname ? WayHere : NavLink
        return (
          <Way
            key={entry.to}
            to={entry.to}
            end={entry.end}
            prefetch="intent"
            {...(onGo ? { onClick: onGo } : {})}
            className="flex min-h-9 items-center gap-2.5 rounded-md px-2.5 py-1.5 text-ink-2 hover:text-ink aria-[current=page]:bg-surface aria-[current=page]:text-ink max-sheet:aria-[current=page]:font-semibold rail:aria-[current=page]:font-semibold aria-[current=page]:not-focus-visible:shadow-[inset_0_0_0_1px_var(--line)] sheet:flex-col sheet:gap-1 sheet:px-0.5 sheet:py-2 sheet:text-[11.5px] sheet:tracking-[-0.015em] rail:flex-row rail:tracking-normal rail:px-2.5 rail:py-1.5 rail:text-[0.9375rem]"
          >
            <Icon name={entry.icon} className="hidden sheet:block rail:hidden" />
            {entry.label}
            {entry.unread !== undefined && entry.unread > 0 && <Unread count={entry.unread} />}
          </Way>
        )
      })}
      {demo && (
        <p className="mt-auto hidden px-2.5 pt-4 text-xs text-ink-3 rail:block">{t('demo.note')}</p>
      )}
    </nav>
  )
}

/** An entry while another page of its area is shown. */
function WayHere({ to, prefetch, onClick, className, children }: NavLinkProps) {
  const look = { prefetch, onClick, className, children } as Omit<LinkProps, 'to'>
  return <Link to={to} aria-current="page" {...look} />
}

/** Beside the word; on the folded rail at its corner. */
function Unread({ count }: { count: number }) {
  const { t } = useTranslation()
  return (
    <span className="ml-auto text-[13px] font-semibold text-accent sheet:ml-0 rail:ml-auto">
      <span aria-hidden="true">{count}</span>
      <span className="sr-only">{t('nav.unread', { count })}</span>
    </span>
  )
}

function Places({ places }: { places: readonly LocalizedText[] }) {
  return places.map((place, at) => (
    <span
      key={`${place.en} ${place.ru}`}
      className={at === 0 ? 'block' : 'block font-normal text-ink-2'}
    >
      <InLanguage text={place} />
    </span>
  ))
}
