import type { LocalizedText } from '../../../../shared/languages'
import type { AttendeeView } from '../../../../shared/room-views'
import type { TestPhase } from '../../../../shared/workshops'
import type { Room } from '../use-room'
import { groupOf } from './group-of'

/** One thing not to be missed: where it leads, and what it says; the same thing has the same key. */
export type News = { key: string } & (
  | { to: 'polls'; prompt: LocalizedText }
  /** The group they were put into; null: the time of the groups is up. */
  | { to: 'groups'; number: number | null }
  | { to: 'hands' }
  | { to: 'people'; count: number; last: AttendeeView }
  | { to: 'test'; phase: TestPhase }
)

/**
 * What stands now that the reader should not miss, whatever part of the room they look at.
 *
 * @param timeUp when the time of their groups ended, if it has (`useTimeUp`)
 */
export function newsOf({
  polls,
  groups,
  hands,
  tests,
  waiting,
  mine,
  me,
  status,
  staff,
  timeUp = null,
}: Pick<
  Room,
  'polls' | 'groups' | 'hands' | 'tests' | 'waiting' | 'mine' | 'me' | 'status' | 'staff'
> & { timeUp?: string | null }): News[] {
  const all: News[] = []
  const last = waiting.people.at(-1)
  if (last && waiting.count > 0) {
    all.push({ key: `door ${last.id}`, to: 'people', count: waiting.count, last })
  }
  // whoever runs the room has opened these
  if (!staff) {
    for (const phase of tests) all.push({ key: `test ${phase}`, to: 'test', phase })
  }
  if (status !== 'live') return all
  const floor = hands.find(({ by, state }) => by?.id === me.id && state === 'speaking')
  if (floor) all.push({ key: `floor ${floor.id}`, to: 'hands' })
  const open = polls.filter((poll) => poll.status === 'open' && !mine.answers[poll.id]).at(-1)
  if (!staff && open) all.push({ key: `poll ${open.id}`, to: 'polls', prompt: open.prompt })
  const group = groupOf(groups, me.id)
  if (group) all.push({ key: `group ${group.id}`, to: 'groups', number: group.number })
  if (timeUp) all.push({ key: `time ${timeUp}`, to: 'groups', number: null })
  return all
}

/** What has been told so far, and what of it still stands on the screen. */
export type Told = { told: ReadonlySet<string>; shown: readonly string[] }

/**
 * News are told once: not what was there already when the reader came, nor what they are looking at; and
 * whoever opens the part they lead to has heard them.
 *
 * @param before null when the page has just come
 */
export function tell(before: Told | null, all: readonly News[], tab: string): Told {
  const told = new Set([...(before?.told ?? []), ...all.map(({ key }) => key)])
  if (!before) return { told, shown: [] }
  const fresh = all.filter(({ key }) => !before.told.has(key)).map(({ key }) => key)
  const shown = [...before.shown, ...fresh].filter((key) =>
    all.some((news) => news.key === key && news.to !== tab),
  )
  const isSame = told.size === before.told.size && shown.join() === before.shown.join()
  return isSame ? before : { told, shown }
}
