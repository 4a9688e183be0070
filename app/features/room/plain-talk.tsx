import { useTranslation } from 'react-i18next'
import type { PollView } from '../../../shared/room-views'
import { SCALE } from '../../../shared/workshops'
import { InLanguage } from '../../components/localized-title'
import { Byline, Somebody } from './panels/byline'
import { CaseWords } from './panels/case-words'
import { namedTexts } from './panels/named-texts'
import { SaidWords } from './panels/said-words'
import { useRoomState } from './room-context'

/** What of the room needs scripts, said where there are none. */
export function PlainLimits() {
  const { t } = useTranslation('room')
  return (
    // a block of its own: the row's margins are for blocks
    <noscript className="block">
      <p className="rounded-card bg-wash px-4 py-3 rail:mb-4">{t('plain.limits')}</p>
    </noscript>
  )
}

/**
 * Questions, polls, hands, cases and groups to be read, and the way to the notes, where no script brings
 * their panels. Who is here nobody knows without a line. A browser with scripts shows nothing of it, and
 * does not load it.
 */
export function PlainTalk() {
  return <noscript className="block">{import.meta.env.SSR && <PlainParts />}</noscript>
}

function PlainParts() {
  const { t } = useTranslation(['room', 'room-panels'])
  const { questions, polls, hands, cases, groups, talk, tallies, workshop } = useRoomState()
  const saidIn = (group: string) => talk.filter((each) => each.groupId === group && !each.deletedAt)
  const open = groups.filter((group) => group.open || saidIn(group.id).length > 0)
  const asked = questions.filter(({ deletedAt }) => !deletedAt)
  const brought = cases.filter(({ deletedAt }) => !deletedAt)
  return (
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
        <PlainPoll key={poll.id} poll={poll} />
      ))}
      {hands.length > 0 && <h2>{t('hands.queue')}</h2>}
      <ol className="empty:hidden">
        {hands.map(({ id, by, state }) => (
          <li key={id}>
            <Somebody person={by} nobody={t('nobody')} />{' '}
            {state === 'speaking' && t('hands.speaking')}
          </li>
        ))}
      </ol>
      {open.length > 0 && <h2>{t('tab.groups')}</h2>}
      {open.map(({ id, number, topic, people }) => (
        <article key={id}>
          <p className="font-semibold">
            {t('room-panels:group.number', { number })} <InLanguage text={topic} />
          </p>
          <ul>
            {people.map((person) => (
              <li key={person.id}>
                <Somebody person={person} nobody={t('nobody')} />
              </li>
            ))}
          </ul>
          {saidIn(id).map((said) => (
            <div key={said.id} className="mt-1 border-l-2 border-line-strong pl-3">
              <p className="flex flex-wrap items-center gap-x-2 text-[13px] text-ink-2">
                <Byline by={said.by} at={said.at} />
              </p>
              <SaidWords said={said} text={said.text} />
            </div>
          ))}
        </article>
      ))}
      {brought.length > 0 && <h2>{t('tab.cases')}</h2>}
      {brought.map((item) => (
        <article key={item.id}>
          <p className="mb-1 flex flex-wrap items-center gap-x-2 text-[13px] text-ink-2">
            <Byline by={item.by} at={item.at} />
          </p>
          <CaseWords item={item} />
        </article>
      ))}
      <p>
        <a
          href={`/workshops/${workshop.id}/notes/read`}
          className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('plain.notes')}
        </a>
      </p>
    </div>
  )
}

function PlainPoll({ poll: { form, prompt, options, results, translations } }: { poll: PollView }) {
  const translationOf = (text: string) =>
    translations.find(({ said }) => said === text)?.translation ?? null
  const steps = form === 'scale' && results ? SCALE : []
  return (
    <article>
      <p className="font-semibold">
        <InLanguage text={prompt} />
      </p>
      <ul className="list-disc pl-5">
        {options.map((option) => (
          <li key={option.id}>
            <InLanguage text={option.text} />
            {results && `: ${results.counts[option.id] ?? 0}`}
          </li>
        ))}
        {steps.map((step) => (
          <li key={step}>{`${step}: ${results?.counts[step] ?? 0}`}</li>
        ))}
        {namedTexts(results?.texts ?? []).map(({ name, lang, text }) => (
          <li key={name}>
            <SaidWords said={{ lang, translation: translationOf(text) }} text={text} />
          </li>
        ))}
      </ul>
    </article>
  )
}
