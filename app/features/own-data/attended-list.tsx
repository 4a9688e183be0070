import { useTranslation } from 'react-i18next'
import type { AttendedView } from '../../../shared/after-views'
import { pickText } from '../../../shared/languages'
import { InLanguage } from '../../components/localized-title'
import { dayIn } from '../../lib/day'
import { useReader } from '../../lib/format'

/** The workshops that one was in, and one's certificates, whatever has become of the membership. */
export function AttendedList({ attended }: { attended: readonly AttendedView[] }) {
  const { t } = useTranslation('own-data')
  const { lang } = useReader()
  return (
    <section aria-labelledby="own-workshops" className="border-t border-line pt-6">
      <h2 id="own-workshops">{t('workshops.title')}</h2>
      <p className="mt-1 text-ink-2">
        {t(attended.length === 0 ? 'workshops.none' : 'workshops.lead')}
      </p>
      {attended.length > 0 && (
        <ul className="mt-4 divide-y divide-line rounded-card border border-line bg-surface">
          {attended.map((each) => (
            <li
              key={each.workshopId}
              className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3"
            >
              <div className="min-w-0 [overflow-wrap:anywhere]">
                <p className="font-medium">
                  <InLanguage text={each.title} />
                </p>
                <p className="text-[13px] text-ink-2">
                  {`${dayIn(each.date, lang)} · ${t('workshops.minutes', { count: each.minutes })}`}
                </p>
              </div>
              {each.certified !== null && (
                <a
                  href={`/workshops/${each.workshopId}/certificate.pdf`}
                  className="rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
                >
                  {t('workshops.certificate')}{' '}
                  <span className="sr-only" lang={pickText(each.title, lang).lang}>
                    {pickText(each.title, lang).text}
                  </span>
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
