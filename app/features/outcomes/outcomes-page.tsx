import { useTranslation } from 'react-i18next'
import { OUTCOME_KINDS } from '../../../shared/workshops'
import { EmptyState } from '../../components/empty-state'
import { RefusedNotice } from '../../components/refused-notice'
import { noticeOf, type Refusal } from '../../lib/refusal'
import { isStale } from '../../lib/reread-stale'
import { DoneLine } from '../workshops/done-line'
import { useDone } from '../workshops/use-done'
import { AddOutcome } from './add-outcome'
import { NoteLines } from './note-lines'
import { OutcomeRow } from './outcome-row'
import type { KeyedOutcomes } from './outcomes.server'
import { Unanswered } from './unanswered'

type Props = { page: KeyedOutcomes; refusal: Refusal | null }

/** Decisions and tasks; the notes and the open questions, from each of which the next step is one press. */
export function OutcomesPage({ page, refusal }: Props) {
  const { t } = useTranslation('outcomes')
  const { outcomes, notes, unanswered, may } = page
  const doings = useDone(refusal)
  const madeFrom = new Set(outcomes.flatMap(({ unit }) => unit ?? []))
  return (
    <div className="grid max-w-[980px] gap-5">
      <div>
        <h2 className="text-lg">{t('title')}</h2>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('lead')}</p>
      </div>
      <RefusedNotice code={isShownInRow(outcomes, refusal) ? null : noticeOf(refusal)} />
      <DoneLine done={doings.done} />
      {outcomes.length === 0 && <EmptyState sentence={t('empty')} />}
      {OUTCOME_KINDS.map((kind) => {
        const rows = outcomes.filter((outcome) => outcome.kind === kind)
        if (rows.length === 0) return null
        return (
          <section key={kind} aria-labelledby={kind}>
            <h3 id={kind} className="mb-2 font-semibold">
              {t(`of.${kind}`, { count: rows.length })}
            </h3>
            <ul className="divide-y divide-line rounded-card border border-line bg-surface">
              {rows.map((row) => (
                <OutcomeRow
                  key={row.id}
                  outcome={row}
                  people={page.people}
                  doings={doings}
                  refusal={refusal}
                />
              ))}
            </ul>
          </section>
        )
      })}
      {may.add && <AddOutcome clientKey={page.addKey} people={page.people} refusal={refusal} />}
      {notes.length > 0 && (
        <NoteLines
          notes={notes}
          madeFrom={madeFrom}
          may={may}
          protocolKey={page.protocolKey}
          doings={doings}
          refusal={refusal}
        />
      )}
      {unanswered.length > 0 && (
        <Unanswered questions={unanswered} mayDiscuss={may.discuss} refusal={refusal} />
      )}
    </div>
  )
}

/** A task that a colleague has given meanwhile says so where it stands. */
function isShownInRow(outcomes: KeyedOutcomes['outcomes'], refusal: Refusal | null): boolean {
  const row = outcomes.find(({ id }) => id === refusal?.values.outcome)
  return row?.may.assign === true && isStale(refusal, row.rev)
}
