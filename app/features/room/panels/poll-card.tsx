import { useTranslation } from 'react-i18next'
import { pickText } from '../../../../shared/languages'
import type { PollView } from '../../../../shared/room-views'
import { Chip } from '../../../components/chip'
import { useReader } from '../../../lib/format'
import { useLater } from '../../../lib/later'
import { useRoomState } from '../room-context'
import { OwnAnswer, PollAnswer } from './poll-answer'
import { PollResults } from './poll-results'

const loadStaff = () => import('./poll-staff')

/** One poll: what is asked, the form while it is open, and its results once they are shown. */
export function PollCard({ poll }: { poll: PollView }) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const { staff, tallies, mine, status } = useRoomState()
  const PollStaff = useLater(loadStaff, staff)?.PollStaff
  const prompt = pickText(poll.prompt, lang)
  const isOpen = poll.status === 'open' && status === 'live'
  // it closes with the workshop
  const standing = poll.status === 'open' && !isOpen ? 'closed' : poll.status
  const answer = mine.answers[poll.id]
  const seesResults = poll.results !== null && (poll.shown || (staff && poll.status !== 'draft'))
  // what the table counts, where there is one: the votes themselves come down sooner
  const count = seesResults ? (poll.results?.answers ?? 0) : (tallies.get(poll.id) ?? 0)
  // who runs the room may answer too, and would read beneath the form what is right
  const isFolded = staff && isOpen && poll.purpose === 'quiz' && !answer
  const results = (
    <>
      {staff && !poll.shown && <p className="text-[13px] text-ink-2">{t('poll.onlyStaff')}</p>}
      <PollResults poll={poll} />
    </>
  )
  return (
    <article
      aria-labelledby={`poll-${poll.id}`}
      className={`grid gap-3 rounded-card border bg-surface p-4 ${isOpen ? 'border-accent' : 'border-line'}`}
    >
      <div className="grid gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-2">
          <Chip tone={isOpen ? 'ok' : 'plain'}>{t(`poll.status.${standing}`)}</Chip>
          <span>{t(`poll.purpose.${poll.purpose}`)}</span>
          {poll.status !== 'draft' && <span>{t('poll.answers', { count })}</span>}
        </p>
        <h3
          id={`poll-${poll.id}`}
          tabIndex={-1}
          lang={prompt.lang}
          className="[overflow-wrap:anywhere]"
        >
          {prompt.text}
        </h3>
        {staff && <OtherPrompt poll={poll} />}
      </div>
      {isOpen && <PollAnswer poll={poll} />}
      {!isOpen && answer && <OwnAnswer poll={poll} answer={answer} />}
      {seesResults && !isFolded && results}
      {seesResults && isFolded && (
        <details className="grid gap-2">
          <summary className="min-h-7 w-fit font-medium text-accent">{t('poll.showMe')}</summary>
          {results}
        </details>
      )}
      {!seesResults && standing === 'closed' && (
        <p className="text-[13px] text-ink-2">{t('poll.notShown')}</p>
      )}
      {PollStaff && <PollStaff poll={poll} />}
    </article>
  )
}

/** Who runs the room sees what the others read. */
function OtherPrompt({ poll: { prompt } }: { poll: PollView }) {
  const { lang } = useReader()
  const other = lang === 'en' ? 'ru' : 'en'
  const text = prompt[other]
  if (!text || !prompt[lang]) return null
  return (
    <p lang={other} className="text-[13px] text-ink-2">
      {text}
    </p>
  )
}
