import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AttendanceRowView } from '../../../shared/after-views'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { Field } from '../../components/field'
import { InLanguage } from '../../components/localized-title'
import { PersonName } from '../../components/person-name'
import { useFormat } from '../../lib/format'
import { CadreName } from '../people/cadre-name'

type Props = {
  row: AttendanceRowView
  workshopId: string
  /** Minutes that are enough for a certificate. */
  enough: number
  /** Nobody's time is too short while the workshop goes on. */
  isOver: boolean
}

/** One participant: how long, from when to when, the certificate, and the way to correct it. */
export function AttendanceRow({ row, workshopId, enough, isOver }: Props) {
  const { t } = useTranslation('workshop-after')
  const format = useFormat()
  const { attendee, cadre, institution, minutes, measured, correction, from, to } = row
  const { certificate } = row
  return (
    <li className="grid gap-x-4 gap-y-1 px-4 py-3 sheet:grid-cols-[1fr_auto]">
      <div className="min-w-0">
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
          {from && to && t('attendance.fromTo', { from: format.time(from), to: format.time(to) })}
          {correction && ` ${t('attendance.corrected', { measured })}`}
          {correction?.note && ` ${correction.note}`}
        </p>
      </div>
      <div className="flex flex-wrap items-start gap-2 sheet:justify-end">
        <span className="tabular-nums">
          {isOver || row.enough
            ? t('attendance.minutes', { count: minutes })
            : t('attendance.soFar', { minutes, enough })}
        </span>
        {(isOver || row.enough) && (
          <Chip tone={row.enough ? 'ok' : 'plain'}>
            {t(row.enough ? 'attendance.enough' : 'attendance.short')}
          </Chip>
        )}
        {certificate && !certificate.revoked && (
          <a
            href={`/workshops/${workshopId}/certificate.pdf?participant=${attendee.id}`}
            className="inline-flex min-h-6 items-center text-accent underline"
          >
            {t('certificates.pdf')}
          </a>
        )}
        {certificate?.revoked && <span className="text-[13px]">{t('certificates.revoked')}</span>}
        {certificate?.outdated && (
          <span className="text-[13px]">{t('certificates.otherHours')}</span>
        )}
      </div>
      <details className="sheet:col-span-2">
        <summary className="min-h-6 w-fit cursor-pointer text-[13px] text-accent">
          {t('correct.open')}
        </summary>
        <Form method="post" className="mt-2 flex flex-wrap items-end gap-3">
          <input type="hidden" name="participant" value={attendee.id} />
          <Field
            label={t('correct.minutes')}
            name="minutes"
            type="number"
            min={0}
            max={3000}
            required
            defaultValue={minutes}
          />
          <Field
            label={t('correct.note')}
            name="note"
            maxLength={300}
            defaultValue={correction?.note ?? ''}
          />
          <Button look="quiet" name="intent" value="correct">
            {t('correct.save')}
          </Button>
          {correction && (
            <Button look="quiet" name="intent" value="measured" formNoValidate>
              {from ? t('correct.measured', { count: measured }) : t('correct.unlist')}
            </Button>
          )}
          {certificate?.revoked && row.enough && isOver && (
            <Button look="quiet" name="intent" value="reissue" formNoValidate>
              {t('certificates.reissue')}
            </Button>
          )}
          {certificate && !certificate.revoked && (
            <Button look="danger" name="intent" value="revoke" formNoValidate>
              {t('certificates.revoke')}
            </Button>
          )}
        </Form>
      </details>
    </li>
  )
}
