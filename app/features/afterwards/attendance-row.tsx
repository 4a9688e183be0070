import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendanceRowView } from '../../../shared/after-views'
import { Chip } from '../../components/chip'
import { InLanguage } from '../../components/localized-title'
import { PersonName } from '../../components/person-name'
import { useFormat, useReader } from '../../lib/format'
import { fullName } from '../../lib/names'
import type { Refusal } from '../../lib/refusal'
import { CadreName } from '../people/cadre-name'
import type { useDone } from '../workshops/use-done'
import { CorrectForm, RevokeForm } from './correct-form'

type Props = {
  row: AttendanceRowView
  workshopId: string
  /** Minutes that are enough for a certificate. */
  enough: number
  /** Nobody's time is too short while the workshop goes on. */
  isOver: boolean
  /** Of a form of this row. */
  refusal: Refusal | null
  doings: ReturnType<typeof useDone>
  /** A form of the row is on its way, which may go with it. */
  onSent: () => void
}

/** Of what unfolds the forms of a person's row. */
export function openerOf(participantId: string): string {
  return `correct-${participantId}`
}

/** One participant: how long, from when to when, the certificate, and the way to correct it. */
export function AttendanceRow({ row, workshopId, enough, isOver, ...forms }: Props) {
  const { t } = useTranslation('workshop-after')
  const { lang } = useReader()
  // without scripts a refused form comes folded otherwise; later it is the reader's to fold
  const [isUnfolded] = useState(forms.refusal !== null)
  const { attendee, cadre, institution, measured, correction, certificate } = row
  const who = fullName(attendee.name, lang).main
  const name = (
    <span className="sr-only" lang={who.lang}>
      {who.text}
    </span>
  )
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sheet:grid-cols-[1fr_auto]">
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <div className="flex flex-wrap items-baseline gap-x-2 font-medium">
          <PersonName name={attendee.name} />
          {row.guest && (
            <span className="text-[13px] font-normal text-ink-2">{t('attendance.guest')}</span>
          )}
        </div>
        <p className="text-[13px] text-ink-2">
          {cadre && <CadreName cadre={cadre} />}
          {cadre && institution && ' · '}
          {institution && <InLanguage text={institution} />}
        </p>
        <p className="text-[13px] text-ink-2">
          <FromTo row={row} />
          {correction && ` ${t('attendance.corrected', { measured })}`}
          {correction?.note && ` ${correction.note}`}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-2 sheet:justify-end">
        <Minutes row={row} enough={enough} isOver={isOver} />
        {certificate && !certificate.revoked && (
          <a
            href={`/workshops/${workshopId}/certificate.pdf?participant=${attendee.id}`}
            className="inline-flex min-h-6 items-center text-accent underline"
          >
            {t('certificates.pdf')} {name}
          </a>
        )}
        {certificate?.revoked && <span className="text-[13px]">{t('certificates.revoked')}</span>}
        {certificate?.outdated && (
          <span className="text-[13px]">{t('certificates.otherHours')}</span>
        )}
      </div>
      <details className="min-w-0 sheet:col-span-2" open={isUnfolded}>
        <summary
          id={openerOf(attendee.id)}
          className="min-h-6 w-fit cursor-pointer text-[13px] text-accent"
        >
          {t('correct.open')} {name}
        </summary>
        <CorrectForm row={row} isOver={isOver} who={who} {...forms} />
        {certificate && !certificate.revoked && (
          <RevokeForm id={attendee.id} who={who} {...forms} />
        )}
      </details>
    </li>
  )
}

/** First coming and last leaving by the reader's clock; the day is said again where it is another. */
function FromTo({ row: { from, to } }: { row: AttendanceRowView }) {
  const { t } = useTranslation('workshop-after')
  const format = useFormat()
  if (!from || !to) return null
  const isOneDay = format.date(from) === format.date(to)
  return t('attendance.fromTo', {
    from: format.dateTime(from),
    to: isOneDay ? format.time(to) : format.dateTime(to),
  })
}

function Minutes({
  row: { minutes, runs, enough: isEnough },
  enough,
  isOver,
}: Pick<Props, 'row' | 'enough' | 'isOver'>) {
  const { t } = useTranslation('workshop-after')
  const isCounted = isOver || isEnough || runs
  return (
    <>
      <span className="tabular-nums">
        {isCounted
          ? t('attendance.minutes', { count: minutes })
          : t('attendance.soFar', { minutes, enough })}
      </span>
      {runs && <Chip>{t('attendance.runs')}</Chip>}
      {isCounted && !runs && (
        <Chip tone={isEnough ? 'ok' : 'plain'}>
          {t(isEnough ? 'attendance.enough' : 'attendance.short')}
        </Chip>
      )}
    </>
  )
}
