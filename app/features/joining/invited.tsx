import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { JoinView } from '../../../shared/schemas/invitations'
import { InLanguage, LocalizedTitle } from '../../components/localized-title'
import { PersonName } from '../../components/person-name'
import { OtherPlaces, PlacesLine } from '../../components/places'
import { useFormat } from '../../lib/format'
import { CadreName } from '../people/cadre-name'

/** The partnership, one's place in it, and who asks. */
export function Invited({ view }: { view: JoinView }) {
  const { t } = useTranslation(['invitations', 'common'])
  const format = useFormat()
  const { partnership, places, place, role, cadre, inviter, note, until, lang } = view
  return (
    <div className="mt-4 rounded-card border border-line bg-surface px-4 py-4 sheet:px-5">
      <p className="text-lg font-semibold">
        <PlacesLine places={places} />
      </p>
      <OtherPlaces places={places} />
      <div className="mt-3">
        <LocalizedTitle text={partnership} />
      </div>
      <dl className="mt-4 grid gap-3 border-t border-line pt-4">
        <Fact term={t('join.as')}>
          <span className="font-semibold">{t(`common:role.${role}`)}</span>
          {cadre && (
            <>
              {' · '}
              <CadreName cadre={cadre} />
            </>
          )}
          <span className="block text-[13px] text-ink-2">{t(`role.${role}`)}</span>
        </Fact>
        <Fact term={t('join.side')}>
          <InLanguage text={place} />
        </Fact>
        {inviter && (
          <Fact term={t('join.by')}>
            <PersonName name={inviter} className="" />
          </Fact>
        )}
        <Fact term={t('join.until')}>
          <time dateTime={until}>{format.dateTime(until)}</time>
        </Fact>
      </dl>
      {note && (
        <blockquote
          lang={lang}
          className="mt-4 border-l-[3px] border-line-strong pl-3.5 whitespace-pre-line [overflow-wrap:anywhere]"
        >
          {note}
        </blockquote>
      )}
    </div>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[13px] text-ink-2">{term}</dt>
      <dd>{children}</dd>
    </div>
  )
}
