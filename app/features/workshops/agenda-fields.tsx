import { useTranslation } from 'react-i18next'
import type { PlanChoices } from '../../../server/services/workshop-choices'
import type { SideView } from '../../../shared/views'
import { momentOf } from '../../../shared/wall-clock'
import { WORKSHOP_LIMITS } from '../../../shared/workshops'
import { Button } from '../../components/button'
import { TheirWords } from '../../components/their-words'
import { useHydrated } from '../../lib/hydrated'
import { AgendaRowFields } from './agenda-row-fields'
import type { Agenda } from './agenda-rows'
import { FormPart } from './plan-parts'
import { isRowTouched, isTitled, minutesOf } from './read-plan'
import type { When } from './when-fields'

/** Empty rows that a page without scripts has to spare. */
const SPARE = 3

/** The rows of the agenda: added, removed and moved by buttons. */
export function AgendaFields({
  agenda,
  choices,
  sides,
  mySideId,
  when,
  wrong,
}: {
  agenda: Agenda
  choices: PlanChoices
  sides: readonly SideView[]
  mySideId: string | null
  when: When
  /** What is wrong with a field. */
  wrong: (field: string) => string | undefined
}) {
  const { t } = useTranslation('workshops')
  const isScripted = useHydrated()
  const { rows } = agenda
  const moment = momentOf(`${when.date}T${when.time}`, when.zone)
  const empty = rows.filter(({ values }) => !isRowTouched(values)).length
  const spare = Math.max(0, Math.min(SPARE - empty, WORKSHOP_LIMITS.agendaRows - rows.length))
  const shared = { choices, sides, mySideId, isScripted, wrong }
  return (
    <FormPart title={t('form.agenda')}>
      <p className="text-[13px] text-ink-2">{t('form.agendaHint')}</p>
      <TheirWords of="agenda" />
      <ol className="grid gap-4">
        {rows.map(({ key, values }, at) => {
          // a row without a title is not saved, and takes no time
          const begun = minutesOf(rows.slice(0, at).map((row) => row.values))
          const starts = moment && isTitled(values) ? moment.at + begun * 60_000 : null
          return (
            <AgendaRowFields
              key={key}
              {...shared}
              at={at}
              number={key}
              row={values}
              startsAt={starts === null ? null : new Date(starts).toISOString()}
              isLast={at === rows.length - 1}
              isOnly={rows.length === 1}
              hasFocus={agenda.focusAt === key}
              onChange={(field, value) => agenda.change(key, field, value)}
              onMove={(by) => agenda.move(at, by)}
              onRemove={() => agenda.remove(at)}
            />
          )
        })}
        {!isScripted &&
          Array.from({ length: spare }, (_, index) => (
            <AgendaRowFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a fixed number of places
              key={`spare ${index}`}
              {...shared}
              at={rows.length + index}
              number={rows.length + index}
              row={{ minutes: '15', suggested: '15' }}
              startsAt={null}
              isLast
              isOnly
              hasFocus={false}
            />
          ))}
      </ol>
      <Said agenda={agenda} />
      {isScripted && rows.length < WORKSHOP_LIMITS.agendaRows && (
        <p>
          <Button type="button" look="quiet" onClick={agenda.add}>
            {t('form.addRow')}
          </Button>
        </p>
      )}
    </FormPart>
  )
}

/** What was done with the rows; one that was taken away with text in it can be brought back. */
function Said({ agenda: { rows, news, bringBack } }: { agenda: Agenda }) {
  const { t } = useTranslation('workshops')
  const isRemoved = news?.kind === 'removed' && news.hasText
  const words = isRemoved
    ? t('form.rowRemoved', { number: news.at + 1 })
    : news?.kind === 'moved'
      ? t('form.rowMoved', { from: news.from, to: news.to })
      : t('form.rowsNow', { count: rows.length })
  return (
    <div className={isRemoved ? 'flex flex-wrap items-center gap-3' : 'sr-only'}>
      <p role="status">{words}</p>
      {isRemoved && (
        <Button type="button" look="quiet" onClick={bringBack}>
          {t('form.bringBack')}
        </Button>
      )}
    </div>
  )
}
