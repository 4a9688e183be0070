import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { GroupMessageView } from '../../../shared/room-views'
import { groupOf } from './panels/group-of'
import { useRoomState } from './room-context'
import type { RoomTab, TalkTab } from './room-tabs'

/** What waits for the reader in each part; `more`: in those that a phone has behind it. */
export type TabCounts = Record<
  'chat' | 'questions' | 'polls' | 'hands' | 'groups' | 'people' | 'waiting' | 'more',
  number
>

/** Counts of what is new or open since the reader looked. */
export function useCounts(shown: RoomTab): TabCounts {
  const { messages, questions, polls, hands, here, mine, waiting, may, me } = useRoomState()
  const ofGroup = useFreshTalk(shown)
  const last = messages.at(-1)?.born ?? 0
  const seen = useRef(last)
  useEffect(() => {
    if (shown === 'chat') seen.current = last
  }, [shown, last])
  // who gives the floor is waited for by the hands of the others
  const asking = hands.filter(({ state, by }) => state === 'up' && by?.id !== me.id)
  return {
    chat:
      shown === 'chat'
        ? 0
        : messages.filter(({ born, deletedAt }) => born > seen.current && !deletedAt).length,
    questions: questions.filter(({ status, deletedAt }) => status === 'open' && !deletedAt).length,
    polls: polls.filter(({ id, status }) => status === 'open' && !mine.answers[id]).length,
    hands: hands.length,
    groups: ofGroup,
    people: here?.count ?? 0,
    waiting: waiting.count,
    more: (may.facilitate ? asking.length : 0) + waiting.count + ofGroup,
  }
}

/** What has been said in the reader's own group since they looked. */
function useFreshTalk(shown: RoomTab): number {
  const { talk, groups, me } = useRoomState()
  const last = talk.at(-1)?.born ?? 0
  const seen = useRef(last)
  useEffect(() => {
    if (shown === 'groups') seen.current = last
  }, [shown, last])
  const own = groupOf(groups, me.id)
  if (!own || shown === 'groups') return 0
  const isFresh = ({ born, by, deletedAt }: GroupMessageView) =>
    born > seen.current && by?.id !== me.id && !deletedAt
  return talk.filter((each) => each.groupId === own.id && isFresh(each)).length
}

const LOOKS = {
  plain: 'bg-accent-wash text-accent',
  // somebody stands at the door
  waiting: 'border border-drift-line bg-drift-wash text-drift',
} as const

/** The number beside a part's name, and what it counts for who hears it. */
export function TabCount({
  of,
  counts,
  className = 'ml-1.5',
}: {
  of: TalkTab | 'more'
  counts: TabCounts
  className?: string
}) {
  const { t } = useTranslation('room')
  if (of === 'cases' || of === 'notes' || of === 'run') return null
  const number = counts[of]
  const atDoor = counts.waiting
  const isUrgent = of === 'more' && atDoor > 0
  return (
    <>
      {number > 0 && (
        <Badge
          number={number}
          say={t(`count.${of}`, { number })}
          className={`${isUrgent ? LOOKS.waiting : LOOKS.plain} ${className}`}
        />
      )}
      {of === 'people' && atDoor > 0 && (
        <Badge
          number={atDoor}
          say={t('count.waiting', { number: atDoor })}
          className={`${LOOKS.waiting} ${className}`}
        />
      )}
    </>
  )
}

function Badge({ number, say, className }: { number: number; say: string; className: string }) {
  return (
    <>
      {' '}
      <span
        aria-hidden="true"
        title={say}
        className={`rounded-full px-1.5 text-[12px] font-semibold ${className}`}
      >
        {number}
      </span>
      <span className="sr-only">({say})</span>
    </>
  )
}
