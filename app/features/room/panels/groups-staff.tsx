import { type FormEvent, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../../../shared/languages'
import type { AttendeeView, GroupView } from '../../../../shared/room-views'
import { WORKSHOP_LIMITS } from '../../../../shared/workshops'
import { Button } from '../../../components/button'
import { neighboursOf, useFocusAfter } from '../../../lib/focus-after'
import { useReader } from '../../../lib/format'
import { shortName } from '../../../lib/names'
import { newClientKey } from '../../discussions/client-key'
import { useRoomState } from '../room-context'
import { Somebody } from './byline'
import { ChoiceForm } from './choice-form'
import { GroupTalk } from './group-talk'
import { GroupTimer } from './group-timer'
import { NotesLink } from './notes-link'
import { NumberBox } from './number-box'
import { PeopleFinder } from './people-finder'
import { ProblemLine } from './problem-line'
import { useDoing } from './use-doing'
import { usePeople } from './use-people'
import { wholeNumber } from './whole-number'

const INPUT = 'min-h-10 w-full rounded-lg border border-line-control bg-surface px-3 py-2 text-base'

/** Longest time of a group, as the schema of a room's acts has it. */
const MINUTES_MAX = 240

/** So many minutes are added at once. */
const MORE = 5

/** Facilitators make groups, give them more time, move people from one to another, and call everybody back. */
export function GroupsStaff() {
  const { t } = useTranslation('room-panels')
  const { groups, status } = useRoomState()
  const doing = useDoing()
  const focusAfter = useFocusAfter()
  const open = groups.filter((group) => group.open)
  // made together, they end together
  const endsAt = open[0]?.endsAt ?? null
  if (status !== 'live') return <p className="text-ink-2">{t('group.whenLive')}</p>
  if (open.length === 0) return <MakeGroups focusAfter={focusAfter} />
  return (
    <div className="grid gap-3">
      <WithoutGroup groups={open} />
      <ul aria-label={t('group.panel')} className="grid gap-3">
        {open.map((group) => (
          <li key={group.id} className="grid gap-2 rounded-card border border-line bg-surface p-3">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <strong className="font-semibold">
                {t('group.number', { number: group.number })}
              </strong>
              {group.endsAt && <GroupTimer endsAt={group.endsAt} />}
            </p>
            {group.people.length === 0 && (
              <p className="text-[13px] text-ink-2">{t('group.nobody')}</p>
            )}
            <ul className="grid gap-1.5">
              {group.people.map((person) => (
                <Movable
                  key={person.id}
                  id={`in-group-${person.id}`}
                  person={person}
                  groups={open}
                  within={group}
                  onMove={() => focusAfter(`in-group-${person.id}`)}
                />
              ))}
            </ul>
            <NotesLink protocolId={group.notesId} word={t('group.theirNotes')} />
            <details>
              <summary className="min-h-7 w-fit font-medium text-accent">
                {t('group.talk', { number: group.number })}
              </summary>
              <GroupTalk group={group} />
            </details>
          </li>
        ))}
      </ul>
      <ProblemLine code={doing.problem} />
      <div className="flex flex-wrap gap-2">
        {endsAt && (
          <Button
            type="button"
            look="quiet"
            onClick={() => doing.run({ act: 'add_group_time', minutes: MORE, from: endsAt })}
          >
            {t('group.more', { count: MORE })}
          </Button>
        )}
        <Button
          type="button"
          look="quiet"
          onClick={() => {
            focusAfter('groups')
            doing.run({ act: 'call_back' })
          }}
        >
          {t('group.callBack')}
        </Button>
      </div>
    </div>
  )
}

/** Who came late, or was taken for gone when the groups were made. */
function WithoutGroup({ groups }: { groups: readonly GroupView[] }) {
  const { t } = useTranslation('room-panels')
  const people = usePeople('ungrouped')
  const focusAfter = useFocusAfter()
  const { found, sought } = people
  const ids = found?.people.map(leftId) ?? []
  if (!people.problem && sought === '' && (found?.count ?? 0) === 0) return null
  return (
    <section aria-labelledby="without-group" className="grid gap-1.5">
      <h3 id="without-group">{t('group.without')}</h3>
      <PeopleFinder people={people}>
        {(person) => (
          <Movable
            key={person.id}
            id={leftId(person)}
            person={person}
            groups={groups}
            within={null}
            onMove={() => focusAfter(...neighboursOf(ids, leftId(person)), 'groups')}
          />
        )}
      </PeopleFinder>
    </section>
  )
}

const leftId = ({ id }: AttendeeView) => `without-group-${id}`

function Movable({
  id,
  person,
  groups,
  within,
  onMove,
}: {
  id: string
  person: AttendeeView
  groups: readonly GroupView[]
  within: GroupView | null
  onMove: () => void
}) {
  const { t } = useTranslation('room-panels')
  const { lang } = useReader()
  const doing = useDoing()
  const name = shortName(person.name, lang).text
  const numbered = groups.map(({ id: value, number }) => ({
    value,
    text: t('group.number', { number }),
  }))
  return (
    <li
      id={id}
      tabIndex={-1}
      className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-[13px]"
    >
      <Somebody person={person} nobody="" />
      <ChoiceForm
        isSmall
        label={t('group.move', { name })}
        about={name}
        submit={within ? t('group.moveNow') : t('group.putIn')}
        value={within?.id ?? numbered[0]?.value ?? ''}
        choices={numbered}
        onChoose={(item) => {
          onMove()
          doing.run({ act: 'move_to_group', item, participant: person.id })
        }}
      />
      <ProblemLine code={doing.problem} />
    </li>
  )
}

function MakeGroups({ focusAfter }: { focusAfter: ReturnType<typeof useFocusAfter> }) {
  const { t } = useTranslation('room-panels')
  const { here } = useRoomState()
  const id = useId()
  const doing = useDoing()
  const [clientKey] = useState(newClientKey)
  const countBox = useRef<HTMLInputElement>(null)
  const minutesBox = useRef<HTMLInputElement>(null)
  const [isTried, setTried] = useState(false)
  const [count, setCount] = useState('2')
  const [by, setBy] = useState<'chance' | 'language'>('chance')
  const [minutes, setMinutes] = useState('15')
  const [topic, setTopic] = useState({ en: '', ru: '' })

  const howMany = wholeNumber(count, 2, WORKSHOP_LIMITS.groups)
  const howLong = wholeNumber(minutes, 0, MINUTES_MAX)

  function onSubmit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (howMany === null) return countBox.current?.focus()
    if (howLong === null) return minutesBox.current?.focus()
    if (doing.busy) return
    const wanted = { count: howMany, by, minutes: howLong }
    const topics = { topicEn: topic.en, topicRu: topic.ru }
    focusAfter('groups')
    doing.run({ act: 'make_groups', ...wanted, ...topics, clientKey })
  }

  return (
    <form
      noValidate
      onSubmit={onSubmit}
      className="grid gap-3 rounded-card border border-line bg-surface p-4"
    >
      <h3>{t('group.make')}</h3>
      <p className="text-[13px] text-ink-2">{t('group.makeHint', { count: here?.count ?? 0 })}</p>
      <div className="grid grid-cols-2 items-end gap-3">
        <NumberBox
          ref={countBox}
          label={t('group.count')}
          value={count}
          onChange={setCount}
          min={2}
          max={WORKSHOP_LIMITS.groups}
          isWrong={isTried && howMany === null}
        />
        <NumberBox
          ref={minutesBox}
          label={t('group.minutes')}
          value={minutes}
          onChange={setMinutes}
          min={0}
          max={MINUTES_MAX}
          isWrong={isTried && howLong === null}
        />
      </div>
      <fieldset className="grid gap-1">
        <legend className="mb-1 font-medium">{t('group.by')}</legend>
        {(['chance', 'language'] as const).map((way) => (
          <label key={way} className="flex min-h-8 cursor-pointer items-center gap-2">
            <input
              type="radio"
              name={`${id}-by`}
              checked={by === way}
              onChange={() => setBy(way)}
              className="size-4 accent-(--accent)"
            />
            {t(`group.by_${way}`)}
          </label>
        ))}
      </fieldset>
      {LANGUAGES.map((lang) => (
        <label key={lang} htmlFor={`${id}-${lang}`} className="grid gap-1 font-medium">
          {t(`group.topic_${lang}`)}
          <input
            id={`${id}-${lang}`}
            lang={lang}
            maxLength={200}
            value={topic[lang]}
            onChange={(event) => {
              const text = event.currentTarget.value
              setTopic((known) => ({ ...known, [lang]: text }))
            }}
            className={INPUT}
          />
        </label>
      ))}
      <ProblemLine code={doing.problem} takesNoPatientData hasText />
      <Button className="w-fit" aria-disabled={doing.busy || undefined}>
        {t('group.makeNow')}
      </Button>
    </form>
  )
}
