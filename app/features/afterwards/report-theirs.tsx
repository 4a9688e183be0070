import { useTranslation } from 'react-i18next'
import type { EventReportView } from '../../../shared/after-views'
import { LANGUAGES } from '../../../shared/languages'
import { REPORT_PARTS } from './report-parts'

type Values = Readonly<Record<string, string>>

/** What somebody else has saved in a report, where it differs from what was typed. */
export function ReportTheirs({ report, values }: { report: EventReportView; values: Values }) {
  const { t } = useTranslation(['workshop-after', 'common'])
  const texts = REPORT_PARTS.flatMap((part) =>
    LANGUAGES.flatMap((lang) => {
      const text = report[part][lang] ?? ''
      const typed = values[`${part}${lang === 'en' ? 'En' : 'Ru'}`] ?? ''
      const label = `${t(`report.part.${part}`)} · ${t(`report.in.${lang}`)}`
      return isSame(typed, text) ? [] : [{ name: `${part} ${lang}`, label, lang, text }]
    }),
  )
  const quotes = report.quotes.map(({ text, who }) => (who ? `${text} — ${who}` : text))
  return (
    <dl className="grid gap-3">
      {texts.map(({ name, label, lang, text }) => (
        <div key={name}>
          <dt className="text-[13px] text-ink-2">{label}</dt>
          <dd lang={text ? lang : undefined} className={TEXT}>
            {text || t('common:stale.empty')}
          </dd>
        </div>
      ))}
      {!sameQuotes(report.quotes, values) && (
        <div>
          <dt className="text-[13px] text-ink-2">{t('report.quotes')}</dt>
          <dd className={TEXT}>{quotes.join('\n') || t('common:stale.empty')}</dd>
        </div>
      )}
    </dl>
  )
}

const TEXT = 'whitespace-pre-line [overflow-wrap:anywhere]'

/** Forms send lines with a return before each break. */
function isSame(typed: string, stored: string): boolean {
  return typed.replace(/\r\n/g, '\n').trim() === stored.trim()
}

function sameQuotes(quotes: EventReportView['quotes'], values: Values): boolean {
  const typed = Object.keys(values)
    .filter((name) => /^quotes\.\d+\.text$/.test(name))
    .map((name) => name.slice(0, -'.text'.length))
    .filter((at) => values[`${at}.text`]?.trim())
  return (
    typed.length === quotes.length &&
    quotes.every(({ text, who, consent }, index) => {
      const at = typed[index]
      return (
        isSame(values[`${at}.text`] ?? '', text) &&
        isSame(values[`${at}.who`] ?? '', who) &&
        (values[`${at}.consent`] === 'on') === consent
      )
    })
  )
}
