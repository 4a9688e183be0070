import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ProviderView } from '../../../shared/after-views'
import { Button } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { InLanguage } from '../../components/localized-title'
import { ListHead, PageBody } from '../../components/page-frame'
import { PersonName } from '../../components/person-name'
import { dayIn } from '../../lib/day'
import { useReader } from '../../lib/format'
import { CadreName } from '../people/cadre-name'

/** Who has been trained in the partnership's workshops, by how many hours; nobody types it. */
export function ProvidersPage({
  base,
  providers,
  all,
  q,
}: {
  base: string
  /** Those found, with the most hours first. */
  providers: readonly ProviderView[]
  /** How many there are. */
  all: number
  /** What they were looked for by. */
  q: string
}) {
  const { t } = useTranslation(['workshop-after', 'workshops'])
  const { lang } = useReader()
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 })
  return (
    <PageBody>
      <p className="text-[13px] text-ink-2">
        <Link
          to={`${base}/workshops`}
          className="rounded-sm py-1 underline-offset-4 hover:underline"
        >
          {t('workshops:list.title')}
        </Link>
      </p>
      <ListHead title={t('providers.title')} lead={t('providers.lead', { count: all })} />
      {all > 0 && <Find base={base} q={q} found={providers.length} />}
      {all === 0 ? (
        <EmptyState sentence={t('providers.empty')} />
      ) : providers.length === 0 ? null : (
        <ul className="divide-y divide-line rounded-card border border-line bg-surface">
          {providers.map((person) => (
            <li key={person.key} className="grid gap-1 px-4 py-3 sheet:grid-cols-[1fr_auto]">
              <div>
                <PersonName name={person.name} className="font-medium" />
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
                      <span className="whitespace-nowrap text-ink-2">
                        {`${dayIn(date, lang)} · ${t('providers.hours', { count: hours, hours: number.format(hours) })}`}
                      </span>
                    </li>
                  ))}
                </ul>
              </div>
              {person.workshops.length > 1 && (
                <p className="tabular-nums sheet:text-right">
                  {t('providers.inAll', { hours: number.format(person.hours) })}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
    </PageBody>
  )
}

function Find({ base, q, found }: { base: string; q: string; found: number }) {
  const { t } = useTranslation('workshop-after')
  return (
    <>
      <Form
        role="search"
        aria-label={t('providers.find')}
        action={`${base}/providers`}
        className="mb-4 flex flex-wrap items-end gap-2"
      >
        <label className="grid min-w-0 grow gap-1.5 font-medium sheet:max-w-[360px]">
          {t('providers.find')}
          <input
            type="search"
            name="q"
            key={q}
            defaultValue={q}
            maxLength={100}
            autoComplete="off"
            className="h-10 w-full rounded-lg border border-line-control bg-surface px-3 text-base font-normal"
          />
        </label>
        <Button look="quiet" className="min-h-10">
          {t('providers.findDo')}
        </Button>
        {q && (
          <Link to={`${base}/providers`} className="px-2 py-2 text-accent underline">
            {t('providers.showAll')}
          </Link>
        )}
      </Form>
      <p role="status" className="mb-3 text-ink-2 empty:hidden">
        {q && t('providers.found', { count: found })}
      </p>
    </>
  )
}
