import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonView } from '../../../shared/views'
import { InLanguage } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { Sentence } from '../../components/sentence'
import { WordChanges } from '../../components/word-changes'
import { dayIn } from '../../lib/day'
import { useReader } from '../../lib/format'
import { useWhen } from '../../lib/when'
import { LineList } from './line-list'
import { ProtocolLine } from './protocol-line'
import { keyOf, pathOf, type WaitingLine } from './waiting-line'

/** What there is to do, a line each; every line leads to its place. */
export function WaitingList({
  lines,
  whose,
  base,
  now,
}: {
  lines: readonly WaitingLine[]
  /** On whose side it waits. */
  whose: 'mine' | 'theirs'
  base: string
  /** Milliseconds since 1970. */
  now: number
}) {
  return (
    <LineList>
      {lines.map((line) => (
        <li key={keyOf(line, base)} className="grid gap-1 border-t border-line py-3">
          <Link
            to={pathOf(line, base)}
            prefetch="intent"
            className="rounded-sm leading-snug underline-offset-4 hover:underline"
          >
            <What line={line} whose={whose} />
          </Link>
          {line.kind === 'drift' && (
            <p className="text-[13px] leading-snug [overflow-wrap:anywhere]">
              <WordChanges parts={line.parts} lang={line.lang} />
            </p>
          )}
          <Meta line={line} now={now} />
        </li>
      ))}
    </LineList>
  )
}

function What({ line, whose }: { line: WaitingLine; whose: 'mine' | 'theirs' }) {
  const { t } = useTranslation('partnerships')
  const title = <InLanguage text={line.title} className="font-semibold" />
  const say = (words: (title: string) => string): ReactNode => (
    <Sentence say={(part) => words(part('title'))} parts={{ title }} />
  )
  switch (line.kind) {
    case 'drift':
      return (
        <ProtocolLine title={line.title} number={line.number}>
          {t(`waiting.drift.${line.lang}`)}
        </ProtocolLine>
      )
    case 'missing':
      return (
        <ProtocolLine title={line.title}>
          {t(`waiting.missing.${line.lang}`, { count: line.count })}
        </ProtocolLine>
      )
    case 'question':
      return say((title) => t(`waiting.question.${whose}`, { title }))
    case 'task':
      return say((title) => t('waiting.task', { title }))
    case 'translation':
      return say((title) => t(`waiting.translation.${line.target}.${line.to}`, { title }))
  }
}

function Meta({ line, now }: { line: WaitingLine; now: number }) {
  const { t } = useTranslation('partnerships')
  const when = useWhen()
  const { lang } = useReader()
  const unread = line.kind === 'question' ? line.unread : 0
  return (
    <p className="text-xs text-ink-3">
      <Byline by={'by' in line ? line.by : null} />
      <time dateTime={line.at}>{when.moment(line.at, now)}</time>
      {unread > 0 && <> · {t('waiting.unread', { count: unread })}</>}
      {line.kind === 'task' && line.due && (
        <> · {t('waiting.until', { date: dayIn(line.due, lang) })}</>
      )}
      {line.kind === 'translation' && line.mine && <> · {t('waiting.taken')}</>}
    </p>
  )
}

/** Who it was, where that is known. */
export function Byline({ by }: { by: PersonView | null }) {
  if (!by) return null
  return (
    <>
      <ShortName name={by.name} />
      {' · '}
    </>
  )
}
