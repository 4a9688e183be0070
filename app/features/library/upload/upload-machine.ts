import type { ErrorCode } from '../../../../shared/errors'

/** Why a file was not taken: the server's code, or that the browser can no longer read it. */
export type Reason = ErrorCode | 'unreadable'

export type UploadPhase =
  /** Others are sent first. */
  | 'queued'
  | 'sending'
  | 'paused'
  /** The line dropped; it is tried again by itself. */
  | 'waiting'
  /** Another window sends the same file. */
  | 'elsewhere'
  | 'refused'
  | 'arrived'
  /** The other window has ended it, one way or the other. */
  | 'ended'
  | 'dropped'

export type UploadState = {
  phase: UploadPhase
  bytes: number
  sent: number
  /** Tries in a row in which nothing moved. */
  tries: number
  reason: Reason | null
  /** What has moved lately, to say how long it takes: oldest first. */
  pace: readonly { at: number; sent: number }[]
}

export type UploadEvent =
  | { is: 'turn' }
  | { is: 'moved'; sent: number; at: number }
  | { is: 'line-lost'; chance: number }
  | { is: 'try-again' }
  /** Another writer is at it: another window of this browser, or somebody the server knows of. */
  | { is: 'busy'; where: 'browser' | 'server' }
  | { is: 'gone' }
  | { is: 'refused'; reason: Reason }
  | { is: 'arrived' }
  | { is: 'pause' }
  | { is: 'go-on' }
  | { is: 'give-up' }

/** What is to be done after a step; `afresh` forgets the address of what was sent before. */
export type UploadCommand =
  | { do: 'send' }
  | { do: 'send-afresh' }
  | { do: 'stop' }
  | { do: 'wait'; ms: number }
  | { do: 'delete' }

export type UploadStep = { state: UploadState; commands: readonly UploadCommand[] }

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000
const BUSY_WAIT_MS = 3_000
/** The server notices within about 8 s that a line has died: until then the other writer is oneself. */
const BUSY_WITH_ONESELF = 4
/** How far back the pace is looked at. */
const PACE_MS = 12_000

const ENDED: readonly UploadPhase[] = ['arrived', 'ended', 'dropped']
const RUNNING: readonly UploadPhase[] = ['sending', 'waiting', 'elsewhere']
/** Refusals that pass by themselves: the same file may be sent again. */
const PASSING: readonly Reason[] = ['too_many_requests', 'storage_full', 'unauthenticated']

export function queuedUpload(bytes: number): UploadState {
  return { phase: 'queued', bytes, sent: 0, tries: 0, reason: null, pace: [] }
}

/** Does it hold the line, so that others wait their turn? */
export function holdsLine({ phase }: UploadState): boolean {
  return phase === 'sending' || phase === 'waiting'
}

/** Would leaving the page now cost something? */
export function isUnderway({ phase }: UploadState): boolean {
  return phase === 'queued' || phase === 'sending' || phase === 'waiting'
}

export function mayTryAgain({ phase, reason }: UploadState): boolean {
  return phase === 'refused' && reason !== null && PASSING.includes(reason)
}

/** One step of an upload. Pure: time and chance come with the event. What comes too late changes nothing. */
export function stepUpload(state: UploadState, event: UploadEvent): UploadStep {
  if (ENDED.includes(state.phase)) return stay(state)
  switch (event.is) {
    case 'turn':
      return state.phase === 'queued'
        ? go({ ...state, phase: 'sending' }, { do: 'send' })
        : stay(state)
    case 'moved':
      return RUNNING.includes(state.phase) ? go(moved(state, event)) : stay(state)
    case 'line-lost':
      return RUNNING.includes(state.phase) ? lost(state, event.chance) : stay(state)
    case 'try-again':
      return RUNNING.includes(state.phase) ? go(state, { do: 'send' }) : stay(state)
    case 'busy':
      return RUNNING.includes(state.phase) ? busy(state, event.where) : stay(state)
    case 'gone':
      return RUNNING.includes(state.phase) ? gone(state) : stay(state)
    case 'refused':
      return RUNNING.includes(state.phase)
        ? go({ ...state, phase: 'refused', reason: event.reason, pace: [] })
        : stay(state)
    case 'arrived':
      // also from a pause: the last piece was on its way when it was pressed
      return state.phase === 'refused'
        ? stay(state)
        : go({ ...state, phase: 'arrived', sent: state.bytes, pace: [] })
    case 'pause':
      return RUNNING.includes(state.phase) || state.phase === 'queued'
        ? go({ ...state, phase: 'paused', tries: 0, pace: [] }, { do: 'stop' })
        : stay(state)
    case 'go-on':
      return state.phase === 'paused' || mayTryAgain(state)
        ? go({ ...state, phase: 'queued', tries: 0, reason: null })
        : stay(state)
    case 'give-up':
      return go({ ...state, phase: 'dropped' }, { do: 'delete' })
  }
}

/** Seconds until the whole file has gone, by the pace of late; null when that cannot be told yet. */
export function secondsLeft({ pace, bytes, sent }: UploadState): number | null {
  const [first] = pace
  const last = pace.at(-1)
  if (!first || !last || last.at - first.at < 1_000 || last.sent <= first.sent) return null
  return ((bytes - sent) * (last.at - first.at)) / (last.sent - first.sent) / 1_000
}

function moved(state: UploadState, { sent, at }: { sent: number; at: number }): UploadState {
  // after a cut the server may have less than had left the browser: the pace starts anew
  const past = sent < state.sent ? [] : state.pace.filter((mark) => at - mark.at <= PACE_MS)
  const isFurther = sent > state.sent
  return {
    ...state,
    phase: 'sending',
    sent: Math.min(sent, state.bytes),
    tries: isFurther ? 0 : state.tries,
    pace: [...past, { at, sent }],
  }
}

/** Wait longer after each try, and never in step with others whose line came back at the same moment. */
function lost(state: UploadState, chance: number): UploadStep {
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** state.tries)
  const ms = Math.round(longest * (0.5 + chance / 2))
  const tries = state.tries + 1
  return go({ ...state, phase: 'waiting', tries, pace: [] }, { do: 'wait', ms })
}

function busy(state: UploadState, where: 'browser' | 'server'): UploadStep {
  const isOneself = where === 'server' && state.tries < BUSY_WITH_ONESELF
  const phase = isOneself ? state.phase : 'elsewhere'
  const tries = state.tries + 1
  return go({ ...state, phase, tries, pace: [] }, { do: 'wait', ms: BUSY_WAIT_MS })
}

/** The server knows no such upload any more. */
function gone(state: UploadState): UploadStep {
  if (state.phase === 'elsewhere') return go({ ...state, phase: 'ended' })
  // all of it had left: it was the answer that got lost, not the file
  if (state.sent >= state.bytes) return go({ ...state, phase: 'arrived' })
  return go({ ...state, phase: 'sending', sent: 0, pace: [] }, { do: 'send-afresh' })
}

const stay = (state: UploadState): UploadStep => ({ state, commands: [] })
const go = (state: UploadState, ...commands: UploadCommand[]): UploadStep => ({ state, commands })
