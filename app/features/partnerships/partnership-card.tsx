import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { PartnershipSummary } from '../../../shared/views'
import { Knot } from '../../components/knot'
import { LocalizedTitle } from '../../components/localized-title'
import { PhasesNow } from '../../components/phase-track'
import { OtherPlaces, PlacesLine } from '../../components/places'

/** One partnership in the list: both places, what it is about, how far it has come. */
export function PartnershipCard({ partnership }: { partnership: PartnershipSummary }) {
  const { t } = useTranslation(['partnerships', 'common'])
  const { slug, sides, focus, phases, myRole, protocolCount, memberCount } = partnership
  return (
    <article className="relative grid gap-x-5 gap-y-3 rounded-card border border-line bg-surface p-5 hover:border-line-control sheet:grid-cols-[auto_minmax(0,1fr)_auto]">
      <Knot size={40} className="mt-0.5" />
      <div className="min-w-0">
        <h2 className="text-lg">
          {/* the whole card is the link's target; the link itself is the name */}
          <Link
            to={`/partnerships/${slug}`}
            prefetch="intent"
            className="after:absolute after:inset-0 after:rounded-card focus-visible:shadow-none focus-visible:after:shadow-(--focus)"
          >
            <PlacesLine places={sides.map((side) => side.place)} />
          </Link>
        </h2>
        <OtherPlaces places={sides.map((side) => side.place)} />
        <div className="mt-3">
          <LocalizedTitle text={focus} />
        </div>
      </div>
      <ul className="grid content-start gap-1 text-[13px] text-ink-2 sheet:justify-items-end sheet:text-right">
        {myRole && (
          <li className="font-semibold text-ink">
            {t('list.myRole', { role: t(`common:role.${myRole}`) })}
          </li>
        )}
        <li>{t('list.protocols', { count: protocolCount })}</li>
        {memberCount !== null && <li>{t('list.members', { count: memberCount })}</li>}
        <li>
          <PhasesNow phases={phases} />
        </li>
      </ul>
    </article>
  )
}
