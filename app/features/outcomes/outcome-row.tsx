import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { OutcomeView } from '../../../shared/outcome-views'
import type { MentionableView } from '../../../shared/thread-views'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { LocalizedTitle } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { dayIn } from '../../lib/day'
import { useFormat, useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { AskFirst } from '../workshops/ask-first'
import type { useDone } from '../workshops/use-done'
import { AssignTask } from './assign-task'
import { Named } from './named'

type Props = {
  outcome: OutcomeView
  people: readonly MentionableView[]
  /** Says what was done: a row may be gone with it. */
  doings: ReturnType<typeof useDone>
  refusal: Refusal | null
}

/** A decision or a task: who has it, until when, and how it stands. */
export function OutcomeRow({ outcome, people, doings, refusal }: Props) {
  const { t } = useTranslation('outcomes')
  const { lang } = useReader()
  const format = useFormat()
  const { id, text, kind, assignee, due, doneAt, may, by, at } = outcome
  const name = pickText(text, lang).text
  return (
    <li id={`outcome-${id}`} className="grid gap-x-4 gap-y-2 px-4 py-3 sheet:grid-cols-[1fr_auto]">
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <LocalizedTitle text={text} />
        <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-ink-2">
          {kind === 'task' && (
            <Chip tone={doneAt ? 'ok' : 'plain'}>
              {doneAt ? t('row.done', { at: format.date(doneAt) }) : t('row.open')}
            </Chip>
          )}
          {kind === 'task' && (
            <span>
              {assignee ? <ShortName name={assignee.name} /> : t('row.nobody')}
              {due && ` · ${t('row.until', { date: dayIn(due, lang) })}`}
            </span>
          )}
          {kind === 'decision' && (
            <span>
              {by && <ShortName name={by.name} />}
              {by && ' · '}
              {format.date(at)}
            </span>
          )}
        </p>
        {(may.assign || may.remove) && (
          <div className="mt-1 grid gap-1">
            {may.assign && <AssignTask outcome={outcome} people={people} refusal={refusal} />}
            {may.remove && (
              <AskFirst
                look="text"
                label={<Named words={t('row.remove')} text={text} />}
                question={t(`sure.${kind}`)}
              >
                <Form
                  method="post"
                  preventScrollReset
                  onSubmit={doings.doing(t('told.removed', { name }))}
                >
                  <input type="hidden" name="outcome" value={id} />
                  <Button look="danger" name="intent" value="remove">
                    <Named words={t('row.removeDo')} text={text} />
                  </Button>
                </Form>
              </AskFirst>
            )}
          </div>
        )}
      </div>
      {may.settle && (
        <Form
          method="post"
          preventScrollReset
          onSubmit={doings.doing(t(doneAt ? 'told.open' : 'told.done', { name }))}
        >
          <input type="hidden" name="outcome" value={id} />
          <Button look="quiet" name="intent" value={doneAt ? 'open' : 'done'}>
            <Named words={doneAt ? t('row.reopen') : t('row.finish')} text={text} />
          </Button>
        </Form>
      )}
    </li>
  )
}
