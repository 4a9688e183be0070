import { useTranslation } from 'react-i18next'
import { InLanguage } from '../../components/localized-title'
import { Byline } from './panels/byline'
import { SaidWords } from './panels/said-words'
import { useRoomState } from './room-context'

/** What of the room needs scripts, said where there are none. */
export function PlainLimits() {
  const { t } = useTranslation('room')
  return (
    <noscript>
      <p className="rounded-card bg-wash px-4 py-3">{t('plain.limits')}</p>
    </noscript>
  )
}

/** Questions and polls to be read where no script brings their panels. */
export function PlainTalk() {
  const { t } = useTranslation('room')
  const { questions, polls, tallies } = useRoomState()
  const asked = questions.filter(({ deletedAt }) => !deletedAt)
  if (asked.length + polls.length === 0) return null
  return (
    <noscript>
      <div className="grid gap-4 border-t border-line px-4 py-4">
        {asked.length > 0 && <h2>{t('tab.questions')}</h2>}
        {asked.map((question) => (
          <article key={question.id}>
            <p className="flex flex-wrap items-center gap-x-2 text-[13px] text-ink-2">
              <Byline by={question.by} at={question.at} />
              {t('plain.votes', { count: tallies.get(question.id) ?? 0 })}
            </p>
            <SaidWords said={question} text={question.text} />
            {question.answer?.text && (
              <p lang={question.answer.lang} className="mt-1 border-l-2 border-accent pl-3">
                {question.answer.text}
              </p>
            )}
          </article>
        ))}
        {polls.length > 0 && <h2>{t('tab.polls')}</h2>}
        {polls.map((poll) => (
          <article key={poll.id}>
            <p className="font-semibold">
              <InLanguage text={poll.prompt} />
            </p>
            <ul className="list-disc pl-5">
              {poll.options.map((option) => (
                <li key={option.id}>
                  <InLanguage text={option.text} />
                  {poll.results && `: ${poll.results.counts[option.id] ?? 0}`}
                </li>
              ))}
            </ul>
          </article>
        ))}
      </div>
    </noscript>
  )
}
