import { useEffect } from 'react'
import type { ErrorCode } from '../../shared/errors'
import type {
  AttendeeView,
  OwnMarks,
  PulseView,
  RoomCaughtUp,
  RoomItemView,
  TallyView,
  WaitingView,
} from '../../shared/room-views'
import type { TestPhase, WorkshopStatus } from '../../shared/workshops'
import { endAll, line, useConnected, useLatest } from './live'
import type { Room } from './live-line'

export type RoomHere = { count: number; people: readonly AttendeeView[] }
export type RoomWaiting = { count: number; people: readonly WaitingView[] }

type RoomListener = {
  /** The room's number that the page is up to date with. */
  rev: () => number
  /** Is who is there to be told? Read at each coming in. */
  wantsHere: () => boolean
  /** What was missed, after every connection; several parts when it is much. */
  onCaughtUp: (missed: RoomCaughtUp) => void
  onItem: (item: RoomItemView) => void
  onTallies: (tallies: readonly TallyView[]) => void
  onStatus: (status: WorkshopStatus, roomRev: number) => void
  /** Tests that take answers now. */
  onTests: (open: readonly TestPhase[]) => void
  /** One's own answers and votes, perhaps given in another tab. */
  onMine: (mine: OwnMarks) => void
  onHere: (here: RoomHere) => void
  /** To facilitators and presenters alone. */
  onPulse: (pulse: PulseView) => void
  onWaiting: (waiting: RoomWaiting) => void
  /** One's own place has changed: let in, turned away, another role. */
  onDoor: () => void
  /** Text of a live document is new. */
  onNotes: (protocolId: string) => void
  /** The room is closed to the reader. */
  onRefused: (code: ErrorCode) => void
}

/**
 * Hear a workshop's room while a page shows it: first in, then caught up from the last number seen, again
 * after every gap.
 */
export function useWorkshopRoom(
  workshopId: string,
  listener: RoomListener,
): { connected: boolean; askAgain: () => void } {
  const latest = useLatest(listener)
  const connected = useConnected()
  useEffect(() => {
    const ofThis = <F extends { workshopId: string }>(hear: (fact: F) => void) => {
      return (fact: F) => {
        if (fact.workshopId === workshopId) hear(fact)
      }
    }
    let here: readonly AttendeeView[] = []
    const ends = [
      line.hear(
        'workshop:item',
        ofThis(({ item }) => latest.current.onItem(item)),
      ),
      line.hear(
        'workshop:tallies',
        ofThis(({ tallies }) => latest.current.onTallies(tallies)),
      ),
      line.hear(
        'workshop:status',
        ofThis(({ status, roomRev }) => latest.current.onStatus(status, roomRev)),
      ),
      line.hear(
        'workshop:tests',
        ofThis(({ open }) => latest.current.onTests(open)),
      ),
      line.hear(
        'workshop:mine',
        ofThis(({ mine }) => latest.current.onMine(mine)),
      ),
      line.hear(
        'workshop:here',
        ofThis(({ count, people }) => {
          // told without the people, they are the same as before
          here = people ?? here
          latest.current.onHere({ count, people: here })
        }),
      ),
      line.hear(
        'workshop:pulse',
        ofThis(({ pulse }) => latest.current.onPulse(pulse)),
      ),
      line.hear(
        'workshop:waiting',
        ofThis(({ count, people }) => latest.current.onWaiting({ count, people })),
      ),
      line.hear(
        'workshop:door',
        ofThis(() => latest.current.onDoor()),
      ),
      line.hear(
        'workshop:notes',
        ofThis(({ protocolId }) => latest.current.onNotes(protocolId)),
      ),
      line.enter(workshopRoom(workshopId, latest)),
    ]
    return () => endAll(ends)
  }, [workshopId, latest])
  return { connected, askAgain: () => line.enterAgain(keyOf(workshopId)) }
}

function workshopRoom(workshopId: string, latest: { current: RoomListener }): Room {
  return {
    key: keyOf(workshopId),
    enter(wire) {
      const ask = (afterRev: number) => {
        const here = latest.current.wantsHere()
        wire.emit('workshop:join', { workshopId, afterRev, here }, (answer) => {
          if (!answer.ok) return latest.current.onRefused(answer.code)
          latest.current.onCaughtUp(answer.value)
          if (answer.value.more) ask(answer.value.rev)
        })
      }
      ask(latest.current.rev())
    },
    leave: (wire) => wire.emit('workshop:leave', { workshopId }, () => {}),
  }
}

function keyOf(workshopId: string): string {
  return `workshop ${workshopId}`
}
