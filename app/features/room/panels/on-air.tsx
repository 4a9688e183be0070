import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../../../shared/languages'
import type { AttendeeView, CaseView, QuestionView } from '../../../../shared/room-views'
import { Sentence } from '../../../components/sentence'
import { useReader } from '../../../lib/format'
import { useRoomState } from '../room-context'
import { Somebody } from './byline'
import { CaseWords } from './case-words'
import { SaidWords } from './said-words'

/** The question or the case that the room is talking about now, folded; nothing while there is none. */
export function OnAir() {
  const { t } = useTranslation('room-panels')
  const { questions, cases, status } = useRoomState()
  const isLive = status === 'live'
  const question = questions.find((each) => isLive && each.status === 'on_air' && !each.deletedAt)
  const presented = cases.find((each) => isLive && each.status === 'on_air' && !each.deletedAt)
  return (
    <>
      <p role="status" className="sr-only">
        {question && (
          <Sentence
            say={(part) => t('question.toldOnAir', { question: part('words') })}
            parts={{ words: <Brief said={question} textOf={textOf} /> }}
          />
        )}{' '}
        {presented && (
          <Sentence
            say={(part) => t('case.toldOnAir', { question: part('words') })}
            parts={{ words: <Brief said={presented} textOf={briefOf} /> }}
          />
        )}
      </p>
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

/** Two lines, and all of it on a press. */
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
          <span className="line-clamp-1 min-w-0 flex-1">
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

/** The words in the reader's language where a colleague has translated them. */
function Brief<Words extends { lang: Language }>({
  said,
  textOf,
}: {
  said: NoInfer<Words> & { translation: NoInfer<Words> | null }
  textOf: (words: Words) => string
}) {
  const { lang: reader } = useReader()
  const { translation } = said
  const first = said.lang !== reader && translation?.lang === reader ? translation : said
  return <span lang={first.lang}>{textOf(first)}</span>
}

function textOf({ text }: Pick<QuestionView, 'lang' | 'text'>): string {
  return text
}

function briefOf({ problem, question }: Pick<CaseView, 'lang' | 'problem' | 'question'>): string {
  return [problem, question].filter(Boolean).join(' ')
}
