import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../../shared/languages'
import type { PollView } from '../../../../shared/room-views'
import { SCALE } from '../../../../shared/workshops'
import { useReader } from '../../../lib/format'
import { LinkButton } from '../../discussions/link-button'
import { useRoomState } from '../room-context'
import { shareOf } from './poll-share'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'

/** What was answered: a table to screen readers, bars with their numbers to everybody else. */
export function PollResults({ poll }: { poll: PollView }) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const { mine, staff } = useRoomState()
  const { results, right } = poll
  if (!results) return null
  const own = mine.answers[poll.id]?.choices ?? []
  if (poll.form === 'text') {
    return (
      <div className="grid gap-1.5">
        <p className="text-[13px] text-ink-2">{t('poll.answers', { count: results.answers })}</p>
        <ul className="grid gap-1.5">
          {results.texts.map(({ lang: written, text }, at) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: words without an author have no other name
              key={at}
              lang={written}
              className="border-l-2 border-line-strong pl-3 whitespace-pre-wrap [overflow-wrap:anywhere]"
            >
              {text}
              {staff && <BlankAnswer poll={poll} text={text} />}
            </li>
          ))}
        </ul>
      </div>
    )
  }
  const rows =
    poll.form === 'scale' ? SCALE.map((id) => ({ id, text: { en: id, ru: id } })) : poll.options
  return (
    <table className="w-full max-w-160 border-separate border-spacing-y-1.5">
      <caption className="text-left text-[13px] text-ink-2">
        {t('poll.answers', { count: results.answers })}
        {poll.form === 'scale' && ` · ${t('poll.least')}, ${t('poll.most')}`}
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('poll.option')}</th>
          <th scope="col">{t('poll.count')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => {
          const { text, lang: written } = pickText(row.text, lang)
          const count = results.counts[row.id] ?? 0
          const share = shareOf(count, results.answers)
          return (
            <tr key={row.id}>
              <th scope="row" className="w-full text-left font-normal">
                <span lang={poll.form === 'scale' ? undefined : written} className="block">
                  {text}
                  {right?.includes(row.id) && (
                    <span lang={lang} className="font-semibold text-accent">
                      {' '}
                      · {t('poll.right')}
                    </span>
                  )}
                  {own.includes(row.id) && (
                    <span lang={lang} className="text-[13px] text-ink-2">
                      {' '}
                      · {t('poll.yours')}
                    </span>
                  )}
                </span>
                <span aria-hidden="true" className="mt-0.5 block h-2 rounded-full bg-wash">
                  <span
                    className={`block h-2 rounded-full ${right?.includes(row.id) ? 'bg-accent' : 'bg-line-control'}`}
                    style={{ width: `${share}%` }}
                  />
                </span>
              </th>
              <td className="pl-3 text-right align-bottom whitespace-nowrap tabular-nums">
                <strong className="font-semibold">{count}</strong>{' '}
                <span className="inline-block min-w-12 text-[13px] text-ink-2">
                  {t('poll.share', { share })}
                </span>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Words that ought not to be there are taken out for everybody; pressed twice, as nothing brings them back. */
function BlankAnswer({ poll, text }: { poll: PollView; text: string }) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const doing = useDoing()
  const [isSure, setSure] = useState(false)
  return (
    <span lang={lang} className="block print:hidden">
      <LinkButton
        onClick={() =>
          isSure ? doing.run({ act: 'blank_answer', item: poll.id, text }) : setSure(true)
        }
      >
        {t(isSure ? 'poll.blankSure' : 'poll.blank')}
      </LinkButton>
      <ProblemLine code={doing.problem} />
    </span>
  )
}
