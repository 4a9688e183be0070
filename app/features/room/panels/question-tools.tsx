import { useTranslation } from 'react-i18next'
import type { QuestionView } from '../../../../shared/room-views'
import { useFocusAfter } from '../../../lib/focus-after'
import { LinkButton } from '../../discussions/link-button'
import { useDraftName, useKeptOpen } from '../kept-drafts'
import { OverForm } from './over-form'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'

/**
 * What facilitators do with a question, and presenters.
 *
 * @param isOver the workshop is: then it is answered or not, and nothing else
 */
export function QuestionTools({
  question,
  isOver,
  onStep,
}: {
  question: QuestionView
  isOver: boolean
  /** Told before each step: what is pressed may go with it, as may the question from what is shown. */
  onStep: () => void
}) {
  const { t } = useTranslation('room-panels')
  const doing = useDoing()
  const focusAfter = useFocusAfter()
  const { id, status, answer } = question
  const draftName = useDraftName()
  const keptAs = { live: draftName(`note ${id}`), written: draftName(`answer ${id}`) }
  const [isNoting, setNoting] = useKeptOpen(keptAs.live)
  const [isWriting, setWriting] = useKeptOpen(keptAs.written)
  const how = isNoting ? 'live' : isWriting ? 'written' : null
  const put = (to: QuestionView['status']) => () => {
    onStep()
    doing.run({ act: 'set_question', item: id, status: to })
  }
  if (how) {
    const initial = answer?.how === how ? { text: answer.text, lang: answer.lang } : { text: '' }
    return (
      <div className="mt-2 border-t border-line pt-2">
        <OverForm
          key={how}
          stands={answer}
          label={how === 'live' ? t('question.noteLabel') : t('question.writeLabel')}
          submit={how === 'live' ? t('question.noteSave') : t('question.writeSave')}
          initial={initial}
          keptAs={keptAs[how]}
          mayBeEmpty={how === 'live'}
          onClose={() => {
            focusAfter(`${how}-${id}`)
            setNoting(false)
            setWriting(false)
          }}
          send={(said) => {
            onStep()
            return doing.ask({ act: 'answer', item: id, how, ...said })
          }}
        />
      </div>
    )
  }
  return (
    <fieldset
      aria-label={t('question.tools')}
      className="mt-1 -ml-1.5 flex flex-wrap items-center gap-x-1 border-t border-line pt-1 print:hidden"
    >
      {isOver ? null : status === 'on_air' ? (
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
      <LinkButton id={`live-${id}`} onClick={() => setNoting(true)}>
        {t('question.answerLive')}
      </LinkButton>
      <LinkButton id={`written-${id}`} onClick={() => setWriting(true)}>
        {t('question.answerWritten')}
      </LinkButton>
      {!isOver && (status === 'open' || status === 'on_air') && (
        <LinkButton onClick={put('set_aside')}>{t('question.putAside')}</LinkButton>
      )}
      {!isOver && (status === 'set_aside' || status === 'answered') && (
        <LinkButton onClick={put('open')}>{t('question.openAgain')}</LinkButton>
      )}
      <ProblemLine code={doing.problem} />
    </fieldset>
  )
}
