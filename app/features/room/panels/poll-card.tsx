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
  const count = tallies.get(poll.id) ?? poll.results?.answers ?? 0
  const answer = mine.answers[poll.id]
  const seesResults = poll.results !== null && (poll.shown || (staff && poll.status !== 'draft'))
  return (
    <article
      aria-labelledby={`poll-${poll.id}`}
      className={`grid gap-3 rounded-card border bg-surface p-4 ${isOpen ? 'border-accent' : 'border-line'}`}
    >
      <div className="grid gap-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-2">
          <Chip tone={isOpen ? 'ok' : 'plain'}>{t(`poll.status.${poll.status}`)}</Chip>
          <span>{t(`poll.purpose.${poll.purpose}`)}</span>
          {poll.status !== 'draft' && <span>{t('poll.answers', { count })}</span>}
        </p>
        <h3 id={`poll-${poll.id}`} lang={prompt.lang} className="[overflow-wrap:anywhere]">
          {prompt.text}
        </h3>
        {staff && <OtherPrompt poll={poll} />}
      </div>
      {isOpen && <PollAnswer poll={poll} />}
      {!isOpen && answer && <OwnAnswer poll={poll} answer={answer} />}
      {seesResults && (
        <>
          {staff && !poll.shown && <p className="text-[13px] text-ink-2">{t('poll.onlyStaff')}</p>}
          <PollResults poll={poll} />
        </>
      )}
      {!seesResults && poll.status === 'closed' && (
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
