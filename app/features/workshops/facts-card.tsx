import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { WorkshopView } from '../../../shared/workshop-views'
import { Card } from '../../components/card'
import { InLanguage } from '../../components/localized-title'
import { CadreName } from '../people/cadre-name'

/** For whom, where, how many, and what to do when the line is bad. */
export function FactsCard({ workshop }: { workshop: WorkshopView }) {
  const { t } = useTranslation('workshops')
  const { mode, place, audience, capacity, registered, accreditation, fallbacks, phone } = workshop
  const isOver = workshop.status === 'closed' || workshop.status === 'cancelled'
  // there is none where people meet in one place, and none any more
  const hasLine = !isOver && (mode !== 'on_site' || workshop.status === 'live')
  return (
    <Card title={t('about.facts')} id="facts">
      <dl className="grid gap-3">
        <Fact name={t('about.place')}>
          {t(`mode.${mode}`)}
          {(place.en || place.ru) && (
            <>
              {': '}
              <InLanguage text={place} />
            </>
          )}
        </Fact>
        <Fact name={t('about.audience')}>
          {audience.length === 0
            ? t('about.everybody')
            : audience.map((cadre, at) => (
                <span key={cadre}>
                  {at > 0 && ', '}
                  {/* one sentence: only its first word is written large */}
                  <span className={at > 0 ? 'lowercase' : ''}>
                    <CadreName cadre={cadre} />
                  </span>
                </span>
              ))}
        </Fact>
        {capacity !== null && (
          <Fact name={t('about.capacity')}>{t('about.taken', { registered, capacity })}</Fact>
        )}
        {(accreditation.en || accreditation.ru) && (
          <Fact name={t('about.accreditation')}>
            <InLanguage text={accreditation} />
          </Fact>
        )}
        {hasLine && (fallbacks.length > 0 || phone) && (
          <Fact name={t('about.trouble')}>
            {fallbacks.map((each) => (
              <span key={each} className="block">
                {t(`fallback.${each}`)}
              </span>
            ))}
            {phone && <span className="block">{t('fallback.number', { phone })}</span>}
          </Fact>
        )}
      </dl>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-[13px] text-ink-2">{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
