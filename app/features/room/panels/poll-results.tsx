import { useTranslation } from 'react-i18next'
import { type Language, pickText } from '../../../../shared/languages'
import type { PollResults as PollResultsView, PollView } from '../../../../shared/room-views'
import { SCALE } from '../../../../shared/workshops'
import { useFocusAfter } from '../../../lib/focus-after'
import { useReader } from '../../../lib/format'
import { ConfirmButton } from '../../discussions/confirm-button'
import { useRoomState } from '../room-context'
import { namedTexts } from './named-texts'
import { shareOf } from './poll-share'
import { SaidWords, TranslateTools } from './said-words'

/** What was answered: a table to screen readers, bars with their numbers to everybody else. */
export function PollResults({ poll }: { poll: PollView }) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const { mine } = useRoomState()
  const { results, right } = poll
  if (!results) return null
  const own = mine.answers[poll.id]?.choices ?? []
  if (poll.form === 'text') return <FreeAnswers poll={poll} results={results} />
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

function FreeAnswers({ poll, results }: { poll: PollView; results: PollResultsView }) {
  const { t } = useTranslation('room-panels')
  const { staff } = useRoomState()
  const focusAfter = useFocusAfter()
  return (
    <div className="grid gap-1.5">
      <p className="text-[13px] text-ink-2">{t('poll.answers', { count: results.answers })}</p>
      <ul className="grid gap-1.5">
        {namedTexts(results.texts).map(({ name, lang: written, text }) => (
          <li key={name} className="border-l-2 border-line-strong pl-3">
            <Answer poll={poll} text={text} lang={written} />
            {staff && (
              <BlankAnswer poll={poll} text={text} onBlank={() => focusAfter(`poll-${poll.id}`)} />
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** One free answer, in the reader's language first where somebody has translated it. */
function Answer({ poll, text, lang }: { poll: PollView; text: string; lang: Language }) {
  const translation = poll.translations.find(({ said }) => said === text)?.translation ?? null
  const said = { lang, translation }
  return (
    <>
      <SaidWords said={said} text={text} />
      <div className="-ml-1.5 flex flex-wrap items-center print:hidden">
        <TranslateTools item={poll.id} answer={text} said={said} asked={poll.translationAsked} />
      </div>
    </>
  )
}

/** Words that ought not to be there are taken out for everybody; asked first, as nothing brings them back. */
function BlankAnswer({
  poll,
  text,
  onBlank,
}: {
  poll: PollView
  text: string
  /** Told before it is done: the words go, and their button with them. */
  onBlank: () => void
}) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const { act } = useRoomState()
  return (
    <span lang={lang} className="block print:hidden">
      <ConfirmButton
        ask={t('poll.blank')}
        question={t('poll.blankSure')}
        confirm={t('poll.blankYes')}
        onConfirm={() => {
          onBlank()
          return act({ act: 'blank_answer', item: poll.id, text })
        }}
      />
    </span>
  )
}
