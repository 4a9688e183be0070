import { createContext, useContext } from 'react'
import type { Room } from './use-room'

export const RoomContext = createContext<Room | null>(null)

/**
 * The room that this page shows: what is known of it (`messages`, `questions`, `polls`, `hands`, `groups`,
 * `cases`, `stage`, `tallies`, `mine` …), who reads it (`me`, `may`, `staff`) and `act`, by which
 * everything in it is done. For what stands within the page of a room.
 */
export function useRoomState(): Room {
  const room = useContext(RoomContext)
  if (!room) throw new Error('not within a room')
  return room
}

/** Do something in the room; see `Room.act`. */
export function useAct(): Room['act'] {
  return useRoomState().act
}
