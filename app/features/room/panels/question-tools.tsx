import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QuestionView } from '../../../../shared/room-views'
import { LinkButton } from '../../discussions/link-button'
import { ProblemLine } from './problem-line'
import { SaidForm } from './said-form'
import { useDoing } from './use-doing'

/** What facilitators do with a question. */
export function QuestionTools({ question }: { question: QuestionView }) {
  const { t } = useTranslation('room-panels')
  const doing = useDoing()
  const [how, setHow] = useState<'live' | 'written' | null>(null)
  const { id, status, answer } = question
  const put = (to: QuestionView['status']) => () =>
    doing.run({ act: 'set_question', item: id, status: to })
  if (how) {
    const initial = answer?.how === how ? { text: answer.text, lang: answer.lang } : { text: '' }
    return (
      <div className="mt-2 border-t border-line pt-2">
        <SaidForm
          key={how}
          label={how === 'live' ? t('question.noteLabel') : t('question.writeLabel')}
          submit={how === 'live' ? t('question.noteSave') : t('question.writeSave')}
          initial={initial}
          mayBeEmpty={how === 'live'}
          onClose={() => setHow(null)}
          send={(said) => doing.ask({ act: 'answer', item: id, how, ...said })}
        />
      </div>
    )
  }
  return (
    <fieldset
      aria-label={t('question.tools')}
      className="mt-1 -ml-1.5 flex flex-wrap items-center gap-x-1 border-t border-line pt-1 print:hidden"
    >
      {status === 'on_air' ? (
        <LinkButton tone="accent" onClick={put('open')}>
          {t('question.takeOff')}
        </LinkButton>
      ) : (
        status !== 'answered' && (
          <LinkButton tone="accent" onClick={put('on_air')}>
            {t('question.putOnAir')}
          </LinkButton>
        )
      )}
      <LinkButton onClick={() => setHow('live')}>{t('question.answerLive')}</LinkButton>
      <LinkButton onClick={() => setHow('written')}>{t('question.answerWritten')}</LinkButton>
      {(status === 'open' || status === 'on_air') && (
        <LinkButton onClick={put('set_aside')}>{t('question.putAside')}</LinkButton>
      )}
      {(status === 'set_aside' || status === 'answered') && (
        <LinkButton onClick={put('open')}>{t('question.openAgain')}</LinkButton>
      )}
      <ProblemLine code={doing.problem} />
    </fieldset>
  )
}
