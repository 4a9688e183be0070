import { Form, useLocation } from '@remix-run/react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EventReportView } from '../../../shared/after-views'
import { type LocalizedText, ownLanguageFirst } from '../../../shared/languages'
import {
  QUOTES,
  REPORT_PARTS,
  reportField,
  reportFields,
  reportParts,
} from '../../../shared/report-fields'
import { seenOf } from '../../../shared/seen-words'
import { REPORT_LENGTH } from '../../../shared/workshops'
import { AskToLeave } from '../../components/ask-to-leave'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { LateNotice } from '../../components/late-notice'
import { LocalizedTitle } from '../../components/localized-title'
import { type TheirLine, TheirWords, theirId, WithTheirs } from '../../components/their-words'
import { useFocusRefused } from '../../lib/focus-refused'
import { useFormat, useReader } from '../../lib/format'
import { useLate } from '../../lib/late-form'
import type { Refusal } from '../../lib/refusal'
import { TextBox } from '../library/fields'
import { FormWarning } from '../privacy/form-warning'
import type { useDone } from '../workshops/use-done'
import { joinReportForm } from './joined-report'
import { ReportQuote } from './report-quote'

/** Places for quotations in a form that has fewer. */
const PLACES = 4

type Props = {
  report: EventReportView
  /** Decisions of the workshop's list. */
  decided: readonly LocalizedText[]
  refusal: Refusal | null
  saving: ReturnType<typeof useDone>
}

/** What people write into an event report, in both languages. */
export function ReportForm(props: Props) {
  const box = useRef<HTMLDivElement>(null)
  const late = useLate(props.refusal, props.report.rev, box)
  return (
    <div ref={box}>
      <Fields key={late.turn} {...props} late={late.values} />
    </div>
  )
}

function Fields({
  report,
  decided,
  refusal,
  saving,
  late,
}: Props & {
  /** What was typed into a form that came too late. */
  late: Refusal['values'] | null
}) {
  const { t } = useTranslation('workshop-after')
  const format = useFormat()
  const { pathname } = useLocation()
  const languages = ownLanguageFirst(useReader().lang)
  const form = useFocusRefused(refusal)
  // as it was opened: what a colleague saves meanwhile is told on sending
  const [opened] = useState(report)
  const [joined] = useState(() => late && joinReportForm(late, report))
  const [isTyped, setIsTyped] = useState(refusal !== null)
  const stored = reportFields(opened)
  const sent = joined ? null : refusal?.values
  const values = joined?.values ?? sent ?? stored
  const theirs = useReportClashes(joined?.both ?? [], stored)
  const isBoth = (name: string) => theirs.some((line) => line.name === name)
  return (
    <WithTheirs lines={theirs}>
      <Form
        method="post"
        ref={form}
        onChange={() => setIsTyped(true)}
        onSubmit={saving.doing(t('report.saved'))}
        className="grid gap-5"
      >
        <input type="hidden" name="base" value={sent?.base ?? opened.rev} />
        <input type="hidden" name="seen" value={sent?.seen ?? seenOf(reportParts(stored))} />
        {joined && <LateNotice saved={opened.saved} lines={theirs} here={pathname} />}
        {REPORT_PARTS.map((part) => (
          <Card key={part} id={part} title={t(`report.part.${part}`)}>
            {part === 'decisions' && decided.length > 0 && <Decided decided={decided} />}
            <div className="mt-2 grid gap-4 sheet:grid-cols-2">
              {languages.map((lang) => {
                const name = reportField(part, lang)
                return (
                  <div key={lang} className="grid content-start gap-1.5">
                    <TextBox
                      label={t(`report.in.${lang}`)}
                      name={name}
                      lang={lang}
                      rows={5}
                      maxLength={REPORT_LENGTH}
                      defaultValue={values[name] ?? ''}
                      aria-describedby={isBoth(name) ? theirId(name) : undefined}
                    />
                    <TheirWords of={name} />
                  </div>
                )
              })}
            </div>
          </Card>
        ))}
        <Card id="quotes" title={t('report.quotes')}>
          <p className="text-ink-2">{t('report.quotesLead')}</p>
          <div className="mt-3 grid gap-4">
            <TheirWords of={QUOTES} />
            {Array.from({ length: Math.max(PLACES, quotesIn(values)) }, (_, index) => (
              // a place in the form
              // biome-ignore lint/suspicious/noArrayIndexKey: quotes have no names
              <ReportQuote key={index} index={index} values={values} />
            ))}
          </div>
        </Card>
        <FormWarning refusal={refusal} form={form} />
        <div className="flex flex-wrap items-center gap-4">
          <Button aria-disabled={saving.isSending || undefined}>{t('report.save')}</Button>
          {report.editedAt && (
            <span className="text-[13px] text-ink-2">
              {t('report.editedAt', { at: format.dateTime(report.editedAt) })}
            </span>
          )}
        </div>
        <AskToLeave
          isAsked={isTyped}
          words={{
            title: t('report.leave.title'),
            note: t('report.leave.note'),
            stay: t('report.leave.stay'),
            go: t('report.leave.go'),
          }}
        />
      </Form>
    </WithTheirs>
  )
}

/** So many places for quotations the form has. */
function quotesIn(values: Readonly<Record<string, string>>): number {
  const places = Object.keys(values).flatMap((name) => /^quotes\.(\d{1,2})\./.exec(name)?.[1] ?? [])
  return Math.max(0, ...places.map((place) => Number(place) + 1))
}

/** What somebody else has saved where the reader wrote something else, in words. */
function useReportClashes(
  both: readonly string[],
  stored: Readonly<Record<string, string>>,
): readonly TheirLine[] {
  const { t } = useTranslation('workshop-after')
  const quoted = Array.from({ length: quotesIn(stored) }, (_, at) => {
    const [words, who, consent] = ['text', 'who', 'consent'].map(
      (field) => stored[`${QUOTES}.${at}.${field}`],
    )
    const said = [words, who].filter(Boolean).join(' — ')
    return [said, consent && t('report.quoteConsent')].filter(Boolean).join(' · ')
  }).join('\n')
  return both.map((name) => {
    if (name === QUOTES) return { name, label: t('report.quotes'), text: quoted }
    const lang = name.endsWith('Ru') ? 'ru' : 'en'
    const part = REPORT_PARTS.find((each) => each === name.slice(0, -2)) ?? 'summary'
    const label = `${t(`report.part.${part}`)} · ${t(`report.in.${lang}`)}`
    return { name, label, text: stored[name] ?? '', lang }
  })
}

function Decided({ decided }: Pick<Props, 'decided'>) {
  const { t } = useTranslation('workshop-after')
  return (
    <>
      <p className="text-ink-2">{t('report.decided')}</p>
      <ul className="mt-1 grid list-disc gap-1 pl-5 [overflow-wrap:anywhere]">
        {decided.map((text) => (
          <li key={`${text.en} ${text.ru}`}>
            <LocalizedTitle text={text} />
          </li>
        ))}
      </ul>
    </>
  )
}
