import { useTranslation } from 'react-i18next'
import type { EventReportView } from '../../../shared/after-views'
import { ownLanguageFirst } from '../../../shared/languages'
import { Card } from '../../components/card'
import { RefusedNotice } from '../../components/refused-notice'
import { useReader } from '../../lib/format'
import { noticeOf, type Refusal } from '../../lib/refusal'
import { isStale } from '../../lib/reread-stale'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { type ReportFacts, ReportFactsCard } from './report-facts'
import { ReportForm } from './report-form'
import { ReportHappened } from './report-happened'

type Props = {
  report: EventReportView
  facts: ReportFacts
  workshopId: string
  isSaved: boolean
  refusal: Refusal | null
}

/** The event report: what is counted by itself, what people write in both languages, the files of it. */
export function ReportPage({ report, facts, workshopId, isSaved, refusal }: Props) {
  const { t } = useTranslation('workshop-after')
  const languages = ownLanguageFirst(useReader().lang)
  const stale = isStale(refusal, report.rev)
  const saving = useDone(refusal)
  return (
    <div className="grid max-w-[980px] gap-5">
      <div>
        <h2 className="text-lg">{t('report.title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('report.lead')}</p>
      </div>
      <RefusedNotice code={stale ? null : noticeOf(refusal)} />
      <DoneLine done={saving.done} />
      {isSaved && !refusal && !saving.done && (
        <p role="status" className="rounded-lg bg-accent-wash px-3.5 py-2.5">
          {t('report.saved')}
        </p>
      )}
      <Card id="files" title={t('report.files')}>
        <ul className="grid gap-2 sheet:grid-cols-2">
          {languages.flatMap((lang) =>
            (['pdf', 'docx'] as const).map((kind) => (
              <li key={`${lang} ${kind}`}>
                <a
                  href={`/workshops/${workshopId}/report?lang=${lang}&format=${kind}`}
                  // nothing is left for it, so nothing asks whether to
                  download
                  className="inline-flex min-h-6 items-center text-accent underline"
                >
                  {t(`report.file.${lang}.${kind}`)}
                </a>
              </li>
            )),
          )}
        </ul>
      </Card>
      <ReportFactsCard facts={facts} />
      <ReportHappened happened={facts.happened} />
      {/* a new one after one's own saving only: what a colleague saves takes nothing away here */}
      <ReportForm
        key={saving.times}
        report={report}
        decided={facts.decisions}
        refusal={refusal}
        saving={saving}
      />
    </div>
  )
}
