import { useEffect, useRef, useState } from 'react'
import type { ErrorCode } from '../../../../shared/errors'
import type { RoomPeople } from '../../../../shared/room-views'
import type { RoomPeopleQuery } from '../../../../shared/schemas/room-people'
import { isOk, problemIn } from '../../../lib/ask'
import { useRoomState } from '../room-context'
import { getPeople } from './people-wire'

/** Keys, and comings and goings, that follow on one another are asked about once, milliseconds. */
const SOON_MS = 250

export type People = {
  /** null until they have come; those read last stay while the line is away. */
  found: RoomPeople | null
  sought: string
  seek: (name: string) => void
  /** The next part as well. */
  more: () => void
  readAgain: () => void
  problem: ErrorCode | null
}

/**
 * People of the room as the server has them, all of them in parts: what comes down by itself are the
 * first few. Read again whenever somebody comes, goes, or is put into a group.
 */
export function usePeople(of: RoomPeopleQuery['of']): People {
  const { workshop, here, groups, connected } = useRoomState()
  const [sought, setSought] = useState('')
  const [parts, setParts] = useState(1)
  const [asked, setAsked] = useState(0)
  const [found, setFound] = useState<RoomPeople | null>(null)
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const isFirst = useRef(true)
  const grouped = groups.map(({ id, rev }) => `${id} ${rev}`).join()
  // `here`, `grouped`, `asked` and `connected`: each is a reason to read again
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    let left = false
    const read = async () => {
      const answer = await getPeople(workshop.id, { of, q: sought, parts })
      if (left) return
      setProblem(problemIn(answer))
      if (isOk(answer)) setFound(answer.ok)
    }
    const timer = setTimeout(read, isFirst.current ? 0 : SOON_MS)
    isFirst.current = false
    return () => {
      left = true
      clearTimeout(timer)
    }
  }, [workshop.id, of, sought, parts, here, grouped, asked, connected])
  return {
    found,
    sought,
    seek(name) {
      setSought(name)
      setParts(1)
    },
    more: () => setParts((count) => count + 1),
    readAgain: () => setAsked((count) => count + 1),
    problem,
  }
}
