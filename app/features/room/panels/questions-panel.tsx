import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../components/empty-state'
import { useFocusAfter } from '../../../lib/focus-after'
import { newClientKey } from '../../discussions/client-key'
import { useDraftName } from '../kept-drafts'
import { isTalking, type KeptAct } from '../room-acts'
import { useRoomState } from '../room-context'
import { QuestionCard } from './question-card'
import {
  countByFilter,
  inOrder,
  matches,
  QUESTION_FILTERS,
  type QuestionFilter,
} from './question-order'
import { SaidForm } from './said-form'
import { UnsentLines } from './unsent-lines'
import { useDeleting } from './use-deleting'
import { useDoing } from './use-doing'

/** Questions for the room: the most wanted first, each in its own language. */
export function QuestionsPanel() {
  const { t } = useTranslation('room-panels')
  const { questions, tallies, status } = useRoomState()
  const draftName = useDraftName()
  const focusAfter = useFocusAfter()
  const doing = useDoing()
  const [again, setAgain] = useState<Extract<KeptAct, { act: 'ask' }> | null>(null)
  const [filter, setFilter] = useState<QuestionFilter | 'all'>('all')
  const ordered = inOrder(questions, tallies)
  const shown = ordered.filter((each) => filter === 'all' || matches(each, filter))
  const counts = countByFilter(questions)
  const ids = shown.map(({ id }) => id)
  const deleting = useDeleting('question', ids, 'questions')
  return (
    <section id="questions" tabIndex={-1} aria-label={t('question.panel')} className="grid gap-4">
      {deleting.said}
      {status !== 'draft' && (
        <SaidForm
          label={t('question.ask')}
          hint={t('question.askHint')}
          submit={t('question.send')}
          look="primary"
          over={isTalking(status) ? undefined : t('question.over')}
          back={again}
          keptAs={draftName('question')}
          send={(said) => doing.ask({ act: 'ask', ...said, clientKey: newClientKey() })}
        />
      )}
      <UnsentLines
        of={['ask', 'upvote']}
        panel="questions"
        onTakeBack={(act) => act.act === 'ask' && setAgain(act)}
      />
      {ordered.length > 0 && (
        <fieldset className="flex flex-wrap gap-x-1 gap-y-1 text-[13px]">
          <legend className="sr-only">{t('question.filter')}</legend>
          {(['all', ...QUESTION_FILTERS] as const).map((each) => (
            <label
              key={each}
              className="inline-flex min-h-8 cursor-pointer items-center rounded-full px-3 text-ink-2 hover:bg-wash has-checked:bg-accent-wash has-checked:font-semibold has-checked:text-accent has-focus-visible:shadow-(--focus)"
            >
              <input
                type="radio"
                name="questions"
                value={each}
                checked={filter === each}
                onChange={() => setFilter(each)}
                className="sr-only"
              />
              {t(`question.show.${each}`)}
              {each !== 'all' && <span className="ml-1.5 tabular-nums">{counts[each]}</span>}
            </label>
          ))}
        </fieldset>
      )}
      {ordered.length === 0 && isTalking(status) && <EmptyState sentence={t('question.none')} />}
      {ordered.length > 0 && shown.length === 0 && (
        <p className="text-ink-2">{t('question.noneShown')}</p>
      )}
      <ol aria-label={t('question.panel')} className="grid gap-2.5">
        {shown.map((question) => (
          <li key={question.id}>
            <QuestionCard
              question={question}
              onStep={() => focusAfter(`question-${question.id}`, 'questions')}
              onDelete={() => deleting.remove(question.id)}
            />
          </li>
        ))}
      </ol>
    </section>
  )
}
