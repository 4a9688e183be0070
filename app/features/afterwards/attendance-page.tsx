import { useTranslation } from 'react-i18next'
import type { AttendanceView, CountView } from '../../../shared/after-views'
import { CADRES, type Cadre } from '../../../shared/cadres'
import { EmptyState } from '../../components/empty-state'
import { InLanguage } from '../../components/localized-title'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusAfter } from '../../lib/focus-after'
import { noticeOf, type Refusal } from '../../lib/refusal'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { AddCard } from './add-card'
import { AttendanceList } from './attendance-list'
import { CertificatesCard, useIssued } from './certificates-card'
import { OverrunCard } from './overrun-card'
import { UnseenCard } from './unseen-card'

type Props = {
  attendance: AttendanceView
  workshopId: string
  /** How many certificates have just been issued; null when none were asked for. */
  issued: number | null
  clientKey: string
  refusal: Refusal | null
}

/** Forms that say themselves what was wrong with them. */
const SAYS_ITSELF = ['add', 'member', 'correct', 'lasted']

/** Who was there, by joining and leaving or by the facilitator's word, and their certificates. */
export function AttendancePage({ attendance, workshopId, issued, clientKey, refusal }: Props) {
  const { t } = useTranslation('workshop-after')
  const { rows, byCadre, byInstitution, enough, planned, overrun, unseen } = attendance
  const doings = useDone(refusal)
  const said = useIssued(doings.done, refusal ? null : issued)
  // whoever is marked goes to another list, and what was pressed with them
  const focusAfter = useFocusAfter()
  const isSaid = SAYS_ITSELF.includes(refusal?.values.intent ?? '')
  return (
    <div className="grid max-w-[980px] gap-5">
      <div>
        <h2 className="text-lg">{t('attendance.title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('attendance.lead', { planned, enough })}</p>
      </div>
      {!isSaid && <RefusedNotice code={noticeOf(refusal)} />}
      <DoneLine done={said} />
      {overrun && (
        <OverrunCard overrun={overrun} planned={planned} refusal={refusal} doings={doings} />
      )}
      {rows.length === 0 && <EmptyState sentence={t('attendance.empty')} />}
      {unseen.length > 0 && (
        <UnseenCard
          unseen={unseen}
          whole={attendance.whole}
          doings={doings}
          focusAfter={focusAfter}
        />
      )}
      {rows.length > 0 && (
        <>
          <div className="grid gap-5 sheet:grid-cols-2">
            <Counts title={t('attendance.byCadre')} counts={byCadre} />
            <Counts title={t('attendance.byInstitution')} counts={byInstitution} />
          </div>
          <CertificatesCard attendance={attendance} doings={doings} />
          <AttendanceList
            attendance={attendance}
            workshopId={workshopId}
            refusal={refusal}
            doings={doings}
            focusAfter={focusAfter}
          />
        </>
      )}
      {attendance.hasBegun && (
        <AddCard
          unlisted={attendance.unlisted}
          whole={attendance.whole}
          clientKey={clientKey}
          refusal={refusal}
        />
      )}
    </div>
  )
}

function Counts({ title, counts }: { title: string; counts: readonly CountView[] }) {
  const { t } = useTranslation(['workshop-after', 'people'])
  return (
    <div className="rounded-card border border-line bg-surface px-4 py-3">
      <h3 className="mb-1 font-semibold">{title}</h3>
      <ul className="grid gap-1">
        {counts.map(({ key, label, count }) => (
          <li key={key} className="flex justify-between gap-4">
            {label ? (
              <InLanguage text={label} />
            ) : (
              <span>{isCadre(key) ? t(`people:cadre.${key}`) : t('attendance.noInstitution')}</span>
            )}
            <span className="tabular-nums">{count}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function isCadre(key: string): key is Cadre {
  return (CADRES as readonly string[]).includes(key)
}
