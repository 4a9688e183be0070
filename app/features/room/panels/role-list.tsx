import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { RoomPerson } from '../../../../shared/room-views'
import { isOk } from '../../../lib/ask'
import { useFocusAfter } from '../../../lib/focus-after'
import { useReader } from '../../../lib/format'
import { shortName } from '../../../lib/names'
import { useRoomState } from '../room-context'
import { Somebody } from './byline'
import { ChoiceForm } from './choice-form'
import { PeopleFinder } from './people-finder'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'
import { usePeople } from './use-people'

const NAMED = ['participant', 'presenter', 'interpreter'] as const

/** Who is here or is expected, and who of them presents or interprets. */
export function RoleList() {
  const { t } = useTranslation('room-panels')
  const id = useId()
  const { here, stage } = useRoomState()
  const people = usePeople('all')
  const focusAfter = useFocusAfter()
  return (
    <section aria-labelledby={`${id}-title`} className="grid gap-2">
      <h3 id={`${id}-title`}>{t('run.people', { count: here?.count ?? 0 })}</h3>
      {stage?.presenter && (
        <p className="flex flex-wrap items-center gap-2 text-[13px] text-ink-2">
          {t('run.presents')} <Somebody person={stage.presenter} nobody="" />
        </p>
      )}
      <PeopleFinder people={people}>
        {(person) => (
          <Named
            key={person.id}
            person={person}
            onNamed={() => {
              // presenters stand above: the keyboard goes there with them
              focusAfter(`role-of-${person.id}`)
              people.readAgain()
            }}
          />
        )}
      </PeopleFinder>
    </section>
  )
}

function Named({ person, onNamed }: { person: RoomPerson; onNamed: () => void }) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const doing = useDoing()
  const name = shortName(person.name, lang).text
  async function onChoose(value: string) {
    const role = NAMED.find((each) => each === value)
    if (role && isOk(await doing.ask({ act: 'name_role', participant: person.id, role }))) onNamed()
  }
  return (
    <li
      id={`role-of-${person.id}`}
      tabIndex={-1}
      className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-[13px]"
    >
      <span className="flex min-w-0 flex-wrap items-center gap-x-2">
        <Somebody person={person} nobody="" />
        {!person.here && <span className="text-ink-2">{t('run.notHere')}</span>}
      </span>
      {person.role === 'facilitator' ? (
        <span className="text-ink-2">{t('run.role.facilitator')}</span>
      ) : (
        <ChoiceForm
          isSmall
          label={t('run.roleOf', { name })}
          about={name}
          submit={t('run.setRole')}
          value={person.role}
          choices={NAMED.map((role) => ({ value: role, text: t(`run.role.${role}`) }))}
          onChoose={(role) => void onChoose(role)}
        />
      )}
      <ProblemLine code={doing.problem} />
    </li>
  )
}
