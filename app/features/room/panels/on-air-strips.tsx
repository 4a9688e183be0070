import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendeeView, CaseView, QuestionView } from '../../../../shared/room-views'
import { Somebody } from './byline'
import { CaseWords } from './case-words'
import { Brief, briefOf, textOf } from './on-air-brief'
import { SaidWords } from './said-words'

/** What is talked about now, folded: who brought it, and all of their words. */
export function OnAirStrips({
  question,
  presented,
}: {
  question: QuestionView | undefined
  presented: CaseView | undefined
}) {
  const { t } = useTranslation('room-panels')
  return (
    <>
      {question && (
        <Strip
          title={t('question.onAirNow')}
          by={question.by}
          brief={<Brief said={question} textOf={textOf} />}
        >
          <SaidWords said={question} text={question.text} className="text-[1.0625rem]" />
        </Strip>
      )}
      {presented && (
        <Strip
          title={t('case.onAirNow')}
          by={presented.by}
          brief={<Brief said={presented} textOf={briefOf} />}
        >
          <CaseWords item={presented} />
        </Strip>
      )}
    </>
  )
}

/** Two lines, three on a phone, and all of it on a press. */
function Strip({
  title,
  by,
  brief,
  children,
}: {
  title: string
  by: AttendeeView | null
  brief: ReactNode
  children: ReactNode
}) {
  const { t } = useTranslation('room-panels')
  return (
    <details className="group rounded-card border-l-[3px] border-accent bg-accent-wash px-4 py-2">
      <summary className="list-none rounded-sm [&::-webkit-details-marker]:hidden">
        <span className="flex flex-wrap items-center gap-x-2 text-[13px] text-ink-2">
          <span className="font-semibold text-accent">{title}</span>
          <Somebody person={by} nobody={t('nobody')} />
        </span>
        <span className="flex items-baseline gap-x-3">
          <span className="line-clamp-2 min-w-0 flex-1 sheet:line-clamp-1">
            <span className="group-open:hidden">{brief}</span>
          </span>
          <span className="text-[13px] font-medium text-accent">
            <span className="group-open:hidden">{t('onAir.unfold')}</span>
            <span className="hidden group-open:inline">{t('onAir.fold')}</span>
          </span>
        </span>
      </summary>
      <div className="pt-1">{children}</div>
    </details>
  )
}
