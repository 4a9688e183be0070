import type { ErrorCode } from '../../../shared/errors'
import type { RoomItemView } from '../../../shared/room-views'
import type { RoomAct } from '../../../shared/schemas/workshop-room'
import type { WorkshopStatus } from '../../../shared/workshops'
import type { Answer } from '../../lib/ask'

/** Longest text of an act, as its schema has it, in UTF-16 code units. */
export const SAID_MAX = 2_000

/** Talking: what waits for the line when it is away, and is shown as on its way until then. */
export const KEPT_ACTS = ['say', 'ask', 'offer_case', 'vote', 'upvote', 'raise_hand'] as const
export type KeptAct = Extract<RoomAct, { act: (typeof KEPT_ACTS)[number] }>

/**
 * What came of an act: the item as it is now (null where there is none to show), why not, or that
 * nobody was there. A kept act is never `unreachable`: it is on its way, and found in `unsent`.
 */
export type ActAnswer = Answer<RoomItemView | null>

/** One's own act that the server has not answered for yet. */
export type UnsentAct = {
  /** Of two with the same key the later one is meant: a vote that was changed, a hand that went down. */
  key: string
  act: KeptAct
  /** UTC, ISO-8601, by the device's clock. */
  writtenAt: string
  /** Why the server said no; null while it is on its way. */
  refused: ErrorCode | null
}

/** Is this a time at which people talk? Before the beginning too, while they wait for it. */
export function isTalking(status: WorkshopStatus): boolean {
  return status === 'live' || status === 'announced'
}

/** Is what was said translated and asked for now? Afterwards too, for whoever reads it then. */
export function isTranslating(status: WorkshopStatus): boolean {
  return isTalking(status) || status === 'closed'
}

/** Does this act wait for the line? Those who run the room need to know that theirs has not happened. */
export function isKept(act: RoomAct): act is KeptAct {
  return (KEPT_ACTS as readonly string[]).includes(act.act)
}

/** What makes two acts the same wish. */
export function keyOfAct(act: KeptAct): string {
  switch (act.act) {
    case 'vote':
    case 'upvote':
      return `${act.act} ${act.item}`
    case 'raise_hand':
      return act.act
    default:
      return act.clientKey
  }
}
