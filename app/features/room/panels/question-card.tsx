import { useTranslation } from 'react-i18next'
import type { QuestionView } from '../../../../shared/room-views'
import { Chip } from '../../../components/chip'
import { ConfirmButton } from '../../discussions/confirm-button'
import { type ActAnswer, isTalking } from '../room-acts'
import { useRoomState } from '../room-context'
import { Byline } from './byline'
import { ProblemLine } from './problem-line'
import { QuestionTools } from './question-tools'
import { SaidWords, TranslateTools } from './said-words'
import { useDoing } from './use-doing'

/** One question with its votes, its answer, and what the reader may do about it. */
export function QuestionCard({
  question,
  onStep,
  onDelete,
}: {
  question: QuestionView
  /** Told before each step of a facilitator. */
  onStep: () => void
  onDelete: () => Promise<ActAnswer>
}) {
  const { t } = useTranslation('room-panels')
  const { me, staff, may, status } = useRoomState()
  const isMine = question.by?.id === me.id
  const isOpen = question.status === 'open' || question.status === 'on_air'
  const isLive = status === 'live'
  const isOnAir = question.status === 'on_air' && isLive
  return (
    <article
      id={`question-${question.id}`}
      tabIndex={-1}
      aria-labelledby={`said-${question.id}`}
      className={`grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 rounded-card border bg-surface p-3 ${isOnAir ? 'border-accent' : 'border-line'}`}
    >
      <Upvote question={question} mayVote={isOpen && !isMine && isTalking(status)} />
      <div className="min-w-0">
        <p className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-2">
          <Byline by={question.by} at={question.at} />
          {isOnAir && <Chip tone="ok">{t('question.onAir')}</Chip>}
          {question.status === 'set_aside' && <Chip>{t('question.setAside')}</Chip>}
        </p>
        <SaidWords said={question} text={question.text} id={`said-${question.id}`} />
        <Answered question={question} />
        <div className="mt-1 -ml-1.5 flex flex-wrap items-center gap-x-1 gap-y-1 print:hidden">
          <TranslateTools item={question.id} said={question} asked={question.translationAsked} />
          {(isMine || staff) && status !== 'cancelled' && (
            <ConfirmButton
              ask={t('question.delete')}
              question={t('question.deleteSure')}
              confirm={t('question.delete')}
              onConfirm={onDelete}
            />
          )}
        </div>
        {may.present && (isLive || status === 'closed') && (
          <QuestionTools question={question} isOver={!isLive} onStep={onStep} />
        )}
      </div>
    </article>
  )
}

/** The count of votes is its own button where one may vote; a plain number elsewhere. */
function Upvote({ question: { id }, mayVote }: { question: QuestionView; mayVote: boolean }) {
  const { t } = useTranslation('room-panels')
  const { tallies, mine } = useRoomState()
  const doing = useDoing()
  const count = tallies.get(id) ?? 0
  const isOn = mine.upvoted.includes(id)
  if (!mayVote) {
    return (
      <p className="min-w-11 px-2 pt-1.5 text-center text-[13px] text-ink-2">
        <span aria-hidden="true" className="block text-base font-semibold text-ink">
          {count}
        </span>
        <span className="sr-only">{t('question.votes', { count })}</span>
      </p>
    )
  }
  return (
    <div>
      <button
        type="button"
        aria-pressed={isOn}
        aria-labelledby={`votes-${id} said-${id}`}
        onClick={() => doing.run({ act: 'upvote', item: id, on: !isOn })}
        className="grid min-h-11 min-w-11 justify-items-center rounded-lg border border-line-control px-2 py-1 text-ink-2 hover:bg-wash aria-pressed:border-accent aria-pressed:bg-accent-wash aria-pressed:text-accent"
      >
        <svg viewBox="0 0 12 8" width="12" height="8" aria-hidden="true">
          <path d="M1 7 6 1.5 11 7" fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
        <span aria-hidden="true" className="text-base leading-tight font-semibold">
          {count}
        </span>
        <span id={`votes-${id}`} className="sr-only">
          {t('question.upvote', { count })}:
        </span>
      </button>
      <ProblemLine code={doing.problem} />
    </div>
  )
}

function Answered({ question: { id, answer } }: { question: QuestionView }) {
  const { t } = useTranslation('room-panels')
  if (!answer) return null
  return (
    <div className="mt-2 border-l-2 border-accent pl-3">
      <p className="flex flex-wrap items-center gap-x-2 text-[13px] text-ink-2">
        <span className="font-medium text-ink">
          {answer.how === 'live' ? t('question.saidLive') : t('question.inWriting')}
        </span>
        <Byline by={answer.by} at={answer.at} />
      </p>
      {answer.text !== '' && (
        <>
          <SaidWords said={answer} text={answer.text} />
          <div className="-ml-1.5 flex flex-wrap items-center print:hidden">
            <TranslateTools item={id} of="answer" said={answer} asked={false} />
          </div>
        </>
      )}
    </div>
  )
}
