import { useTranslation } from 'react-i18next'
import { useRoomState } from '../room-context'
import { Byline } from './byline'
import { CaseWords } from './case-words'
import { SaidWords } from './said-words'

/** The question or the case that the room is talking about now; nothing while there is none. */
export function OnAir() {
  const { t } = useTranslation('room-panels')
  const { questions, cases, tallies } = useRoomState()
  const question = questions.find((each) => each.status === 'on_air' && !each.deletedAt)
  const presented = cases.find((each) => each.status === 'on_air' && !each.deletedAt)
  return (
    <div role="status" className="grid gap-3 empty:hidden">
      {question && (
        <section className="rounded-card border-l-[3px] border-accent bg-accent-wash px-4 py-3">
          <p className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-2">
            <span className="font-semibold text-accent">{t('question.onAirNow')}</span>
            <Byline by={question.by} at={question.at} />
            <span>{t('question.votes', { count: tallies.get(question.id) ?? 0 })}</span>
          </p>
          <SaidWords said={question} text={question.text} className="text-[1.0625rem]" />
        </section>
      )}
      {presented && (
        <section className="rounded-card border-l-[3px] border-accent bg-accent-wash px-4 py-3">
          <p className="mb-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-[13px] text-ink-2">
            <span className="font-semibold text-accent">{t('case.onAirNow')}</span>
            <Byline by={presented.by} at={presented.at} />
          </p>
          <CaseWords item={presented} />
        </section>
      )}
    </div>
  )
}
