import { useTranslation } from 'react-i18next'
import type { GroupView } from '../../../../shared/room-views'
import { EmptyState } from '../../../components/empty-state'
import { InLanguage } from '../../../components/localized-title'
import { useLater } from '../../../lib/later'
import { useRoomState } from '../room-context'
import { Somebody } from './byline'
import { EarlierTalk, KeptTalk } from './earlier-talk'
import { groupOf } from './group-of'
import { GroupTalk } from './group-talk'
import { GroupTimer } from './group-timer'
import { NotesLink } from './notes-link'
import { useTimeUp } from './use-time-up'

const loadStaff = () => import('./groups-staff')

/** Work in groups: one's own first; whoever runs the room makes them and moves people. */
export function GroupsPanel() {
  const { t } = useTranslation('room-panels')
  const { groups, me, staff, status } = useRoomState()
  const GroupsStaff = useLater(loadStaff, staff)?.GroupsStaff
  const own = groupOf(groups, me.id)
  const open = groups.filter((group) => group.open && group !== own)
  const over = groups.filter((group) => !group.open)
  const silent = groups.filter(
    (group) => status !== 'live' || !group.open || !(staff || group === own),
  )
  const timeUp = useTimeUp()
  return (
    <section id="groups" tabIndex={-1} aria-label={t('group.panel')} className="grid gap-4">
      {/* no news stand over what is looked at: here it is told, once for all groups */}
      <p role="status" className="sr-only">
        {timeUp && t('news.groupTime')}
      </p>
      {silent.map((group) => (
        <KeptTalk key={group.id} group={group} />
      ))}
      <EarlierTalk />
      {own && <OwnGroup key={own.id} group={own} />}
      {!own && open.length === 0 && !staff && <EmptyState sentence={t('group.none')} />}
      {!own && open.length > 0 && !staff && <p className="text-ink-2">{t('group.notIn')}</p>}
      {GroupsStaff && <GroupsStaff />}
      {!staff && open.length > 0 && <GroupList groups={open} label={t('group.others')} />}
      {over.length > 0 && (
        <details>
          <summary className="min-h-8 font-medium text-ink-2">{t('group.over')}</summary>
          <GroupList groups={over} label={t('group.over')} />
        </details>
      )}
    </section>
  )
}

function OwnGroup({ group }: { group: GroupView }) {
  const { t } = useTranslation('room-panels')
  return (
    <section
      aria-labelledby="own-group"
      className="grid gap-2 rounded-card border border-accent bg-surface p-4"
    >
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <strong id="own-group" className="font-semibold">
          {t('group.own', { number: group.number })}
        </strong>
        {group.endsAt && <GroupTimer endsAt={group.endsAt} />}
      </p>
      <Topic group={group} />
      <People group={group} />
      <NotesLink protocolId={group.notesId} word={t('group.notes')} />
      <GroupTalk group={group} />
    </section>
  )
}

export function GroupList({ groups, label }: { groups: readonly GroupView[]; label: string }) {
  const { t } = useTranslation('room-panels')
  return (
    <ul aria-label={label} className="grid gap-2.5">
      {groups.map((group) => (
        <li key={group.id} className="grid gap-1.5 rounded-card border border-line bg-surface p-3">
          <strong className="font-semibold">{t('group.number', { number: group.number })}</strong>
          <Topic group={group} />
          <People group={group} />
          <NotesLink protocolId={group.notesId} word={t('group.theirNotes')} />
          <GroupTalk group={group} />
        </li>
      ))}
    </ul>
  )
}

function Topic({ group: { topic } }: { group: GroupView }) {
  return topic.en || topic.ru ? <InLanguage text={topic} className="block" /> : null
}

function People({ group: { people } }: { group: GroupView }) {
  const { t } = useTranslation('room-panels')
  if (people.length === 0) return <p className="text-[13px] text-ink-2">{t('group.nobody')}</p>
  return (
    <ul aria-label={t('group.people')} className="flex flex-wrap gap-x-4 gap-y-1.5 text-[13px]">
      {people.map((person) => (
        <li key={person.id}>
          <Somebody person={person} nobody="" />
        </li>
      ))}
    </ul>
  )
}
