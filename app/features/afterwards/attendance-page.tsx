import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { AttendanceView, CountView } from '../../../shared/after-views'
import { CADRES, type Cadre } from '../../../shared/cadres'
import type { LocalizedText } from '../../../shared/languages'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { EmptyState } from '../../components/empty-state'
import { Field } from '../../components/field'
import { InLanguage } from '../../components/localized-title'
import { RefusedNotice } from '../../components/refused-notice'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { Choice } from '../library/fields'
import { AttendanceRow } from './attendance-row'
import { OverrunCard } from './overrun-card'

type Props = {
  attendance: AttendanceView
  workshopId: string
  /** How many certificates have just been issued; null when none were asked for. */
  issued: number | null
  clientKey: string
  refusal: Refusal | null
}

/** Who was there, by joining and leaving or by the facilitator's word, and their certificates. */
export function AttendancePage({ attendance, workshopId, issued, clientKey, refusal }: Props) {
  const { t } = useTranslation('workshop-after')
  const { rows, byCadre, byInstitution, enough, planned, overrun, isOver } = attendance
  const certified = rows.filter(({ certificate }) => certificate && !certificate.revoked).length
  const waiting = rows.filter((row) => row.enough && !row.certificate).length
  const outdated = rows.filter((row) => row.enough && row.certificate?.outdated).length
  return (
    <div className="grid max-w-[980px] gap-5">
      <div>
        <h2 className="text-lg">{t('attendance.title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('attendance.lead', { planned, enough })}</p>
      </div>
      <RefusedNotice code={refusal?.refused.code ?? null} />
      {overrun && <OverrunCard overrun={overrun} planned={planned} refusal={refusal} />}
      {issued !== null && (
        <p role="status" className="rounded-lg bg-accent-wash px-3.5 py-2.5">
          {t('certificates.issued', { count: issued })}
        </p>
      )}
      {rows.length === 0 ? (
        <EmptyState sentence={t('attendance.empty')} />
      ) : (
        <>
          <div className="grid gap-5 sheet:grid-cols-2">
            <Counts title={t('attendance.byCadre')} counts={byCadre} />
            <Counts title={t('attendance.byInstitution')} counts={byInstitution} />
          </div>
          <Card id="certificates" title={t('certificates.title')}>
            <p className="text-ink-2">{t('certificates.lead', { certified, waiting })}</p>
            {outdated > 0 && (
              <p className="mt-1 text-ink-2">{t('certificates.outdated', { count: outdated })}</p>
            )}
            {isOver ? (
              waiting + outdated > 0 && (
                <Form method="post" className="mt-3">
                  <Button name="intent" value="issue">
                    {t('certificates.issue', { count: waiting + outdated })}
                  </Button>
                </Form>
              )
            ) : (
              <p className="mt-2 text-[13px] text-ink-2">{t('certificates.later')}</p>
            )}
          </Card>
          <section aria-labelledby="people">
            <h3 id="people" className="mb-2 font-semibold">
              {t('attendance.people', { count: rows.length })}
            </h3>
            <ul className="divide-y divide-line rounded-card border border-line bg-surface">
              {rows.map((row) => (
                <AttendanceRow
                  key={row.attendee.id}
                  row={row}
                  workshopId={workshopId}
                  enough={enough}
                  isOver={isOver}
                />
              ))}
            </ul>
          </section>
        </>
      )}
      <AddCard clientKey={clientKey} refusal={refusal} />
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
              <InstitutionName text={label} />
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

function InstitutionName({ text }: { text: LocalizedText }) {
  return <InLanguage text={text} />
}

/** Somebody who was there without a device. */
function AddCard({ clientKey, refusal }: { clientKey: string; refusal: Refusal | null }) {
  const { t } = useTranslation(['workshop-after', 'people'])
  const { lang } = useReader()
  const values = refusal?.values.intent === 'add' ? refusal.values : {}
  return (
    <Card id="add" title={t('add.title')}>
      <p className="text-ink-2">{t('add.lead')}</p>
      <Form method="post" className="mt-3 grid gap-3 sheet:grid-cols-2" key={clientKey}>
        <input type="hidden" name="clientKey" value={clientKey} />
        <input type="hidden" name="lang" value={lang} />
        <Field
          label={t('add.name')}
          name="name"
          required
          maxLength={120}
          defaultValue={values.name}
          autoComplete="off"
        />
        <Choice label={t('add.cadre')} name="cadre" defaultValue={values.cadre ?? 'physician'}>
          {CADRES.map((cadre) => (
            <option key={cadre} value={cadre}>
              {t(`people:cadre.${cadre}`)}
            </option>
          ))}
        </Choice>
        <Field
          label={t('add.institution')}
          name="institution"
          maxLength={200}
          defaultValue={values.institution}
          autoComplete="off"
        />
        <Field
          label={t('add.minutes')}
          name="minutes"
          type="number"
          min={0}
          max={3000}
          required
          defaultValue={values.minutes}
        />
        <div>
          <Button look="quiet" name="intent" value="add">
            {t('add.do')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

function isCadre(key: string): key is Cadre {
  return (CADRES as readonly string[]).includes(key)
}
