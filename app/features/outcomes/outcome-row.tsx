import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { OutcomeView } from '../../../shared/outcome-views'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { LocalizedTitle } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { dayIn } from '../../lib/day'
import { useFormat, useReader } from '../../lib/format'
import { AskFirst } from '../workshops/ask-first'

/** A decision or a task: who has it, until when, and how it stands. */
export function OutcomeRow({ outcome }: { outcome: OutcomeView }) {
  const { t } = useTranslation('outcomes')
  const { lang } = useReader()
  const format = useFormat()
  const { id, text, kind, assignee, due, doneAt, may, by, at } = outcome
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
        {may.remove && (
          <div className="mt-1">
            <Remove id={id} kind={kind} />
          </div>
        )}
      </div>
      {may.settle && (
        <Form method="post">
          <input type="hidden" name="outcome" value={id} />
          <Button look="quiet" name="intent" value={doneAt ? 'open' : 'done'}>
            {doneAt ? t('row.reopen') : t('row.finish')}
          </Button>
        </Form>
      )}
    </li>
  )
}

function Remove({ id, kind }: Pick<OutcomeView, 'id' | 'kind'>) {
  const { t } = useTranslation('outcomes')
  return (
    <AskFirst look="text" label={t('row.remove')} question={t(`sure.${kind}`)}>
      <Form method="post">
        <input type="hidden" name="outcome" value={id} />
        <Button look="danger" name="intent" value="remove">
          {t('row.removeDo')}
        </Button>
      </Form>
    </AskFirst>
  )
}
