import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomPerson } from '../../../../shared/room-views'
import { Button } from '../../../components/button'
import { useFocusAfter } from '../../../lib/focus-after'
import { ProblemLine } from './problem-line'
import type { People } from './use-people'

/** Fewer than these are seen at a glance. */
const MANY = 12
/** Names of one part, as the schema of the question has it. */
const PART = 30

/** People with something to do about each of them: found by name, in parts, with how many there are. */
export function PeopleFinder({
  people: { found, sought, seek, more, problem },
  children,
}: {
  people: People
  /** One person's row. */
  children: (person: RoomPerson) => ReactNode
}) {
  const { t } = useTranslation('room-panels')
  const id = useId()
  const focusAfter = useFocusAfter()
  const shown = found?.people.length ?? 0
  const total = found?.count ?? 0
  const left = total - shown
  const counted = shown === 0 ? t('run.nobodyFound') : t('run.shown', { shown, total })
  // not gone again while the first letters of a name are taken back
  const [wereMany, setMany] = useState(false)
  if (shown > MANY && !wereMany) setMany(true)
  return (
    <>
      {wereMany && (
        <div className="grid gap-1">
          <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
            {t('run.find')}
          </label>
          <input
            id={id}
            type="search"
            value={sought}
            maxLength={80}
            autoComplete="off"
            onChange={(event) => seek(event.currentTarget.value)}
            className="min-h-10 rounded-lg border border-line-control bg-surface px-3 text-base"
          />
        </div>
      )}
      <p
        id={`${id}-count`}
        role="status"
        tabIndex={-1}
        className="text-[13px] text-ink-2 empty:hidden"
      >
        {found && (sought !== '' || left > 0) && counted}
      </p>
      <ul className="grid gap-2.5">{found?.people.map(children)}</ul>
      {left > 0 && (
        <Button
          type="button"
          look="quiet"
          className="w-fit"
          onClick={() => {
            focusAfter(`${id}-count`)
            more()
          }}
        >
          {t('run.more', { count: Math.min(left, PART) })}
        </Button>
      )}
      <ProblemLine code={problem} />
    </>
  )
}
