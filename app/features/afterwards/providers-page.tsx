import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ProviderView } from '../../../shared/after-views'
import { EmptyState } from '../../components/empty-state'
import { InLanguage } from '../../components/localized-title'
import { ListHead, PageBody } from '../../components/page-frame'
import { dayIn } from '../../lib/day'
import { useReader } from '../../lib/format'
import { scriptOfText } from '../../lib/names'
import { CadreName } from '../people/cadre-name'

/** Who has been trained in the partnership's workshops, by how many hours; nobody types it. */
export function ProvidersPage({
  base,
  providers,
}: {
  base: string
  providers: readonly ProviderView[]
}) {
  const { t } = useTranslation('workshop-after')
  const { lang } = useReader()
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 })
  return (
    <PageBody>
      <ListHead
        title={t('providers.title')}
        lead={t('providers.lead', { count: providers.length })}
      />
      {providers.length === 0 ? (
        <EmptyState sentence={t('providers.empty')} />
      ) : (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {providers.map((person) => (
            <li key={person.key} className="grid gap-1 px-4 py-3 sheet:grid-cols-[1fr_auto]">
              <div>
                <p className="font-medium" lang={scriptOfText(person.name)}>
                  {person.name}
                </p>
                <p className="text-[13px] text-ink-2">
                  {person.cadre && <CadreName cadre={person.cadre} />}
                  {person.cadre && person.institution && ' · '}
                  {person.institution && <InLanguage text={person.institution} />}
                </p>
                <ul className="mt-1 grid gap-0.5 text-[13px]">
                  {person.workshops.map(({ id, title, date, hours }) => (
                    <li key={id}>
                      <Link to={`${base}/workshops/${id}`} className="text-accent underline">
                        <InLanguage text={title} />
                      </Link>{' '}
                      <span className="text-ink-2">
                        {`${dayIn(date, lang)} · ${t('providers.hours', { count: hours, hours: number.format(hours) })}`}
                      </span>
                    </li>
                  ))}
                </ul>
              </div>
              <p className="tabular-nums sheet:text-right">
                {t('providers.hours', { count: person.hours, hours: number.format(person.hours) })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </PageBody>
  )
}
