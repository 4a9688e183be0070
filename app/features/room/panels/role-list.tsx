import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendeeView } from '../../../../shared/room-views'
import { Button } from '../../../components/button'
import { useReader } from '../../../lib/format'
import { fullName, shortName } from '../../../lib/names'
import { useRoomState } from '../room-context'
import { Somebody } from './byline'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'

/** So many names at a time. */
const PAGE = 12
const NAMED = ['participant', 'presenter', 'interpreter'] as const

/** Who is here, and who of them presents or interprets. */
export function RoleList() {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const id = useId()
  const { here, stage } = useRoomState()
  const [sought, setSought] = useState('')
  const [pages, setPages] = useState(1)
  const people = here?.people ?? []
  const wanted = sought.trim().toLocaleLowerCase(lang)
  const found = people.filter(({ name }) => {
    const { main, other } = fullName(name, lang)
    return `${main.text} ${other?.text ?? ''}`.toLocaleLowerCase(lang).includes(wanted)
  })
  const shown = found.slice(0, pages * PAGE)
  return (
    <section aria-labelledby={`${id}-title`} className="grid gap-2">
      <h3 id={`${id}-title`}>{t('run.people', { count: here?.count ?? 0 })}</h3>
      {stage?.presenter && (
        <p className="flex flex-wrap items-center gap-2 text-[13px] text-ink-2">
          {t('run.presents')} <Somebody person={stage.presenter} nobody="" />
        </p>
      )}
      {people.length > PAGE && (
        <>
          <label htmlFor={id} className="text-[13px] font-medium text-ink-2">
            {t('run.find')}
          </label>
          <input
            id={id}
            type="search"
            value={sought}
            onChange={(event) => {
              setSought(event.currentTarget.value)
              setPages(1)
            }}
            className="min-h-10 rounded-lg border border-line-control bg-surface px-3 text-base"
          />
        </>
      )}
      <ul className="grid gap-1.5">
        {shown.map((person) => (
          <Named key={person.id} person={person} />
        ))}
      </ul>
      {shown.length < found.length && (
        <Button
          type="button"
          look="quiet"
          className="w-fit"
          onClick={() => setPages((count) => count + 1)}
        >
          {t('run.more', { count: found.length - shown.length })}
        </Button>
      )}
    </section>
  )
}

function Named({ person }: { person: AttendeeView }) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const doing = useDoing()
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-[13px]">
      <Somebody person={person} nobody="" />
      {person.role === 'facilitator' ? (
        <span className="text-ink-2">{t('run.role.facilitator')}</span>
      ) : (
        <select
          aria-label={t('run.roleOf', { name: shortName(person.name, lang).text })}
          value={person.role}
          onChange={(event) => {
            const role = NAMED.find((each) => each === event.currentTarget.value)
            if (role) doing.run({ act: 'name_role', participant: person.id, role })
          }}
          className="min-h-8 rounded-lg border border-line-control bg-surface px-2 text-[13px]"
        >
          {NAMED.map((role) => (
            <option key={role} value={role}>
              {t(`run.role.${role}`)}
            </option>
          ))}
        </select>
      )}
      <ProblemLine code={doing.problem} />
    </li>
  )
}
