import { useState } from 'react'
import type { ErrorCode } from '../../../../shared/errors'
import type { RoomAct } from '../../../../shared/schemas/workshop-room'
import { problemIn } from '../../../lib/ask'
import { type ActAnswer, isKept, keyOfAct } from '../room-acts'
import { useRoomState } from '../room-context'

/** What is done by one part of a panel: whether it is on its way, and why it did not happen. */
export type Doing = {
  /** @returns what came of it; `ok` also for what goes by itself once the line is back */
  ask: (act: RoomAct) => Promise<ActAnswer>
  /** The same for a mere button. */
  run: (act: RoomAct) => void
  problem: ErrorCode | null
  busy: boolean
}

/** Acts of one part of a panel; a refusal is said where the button was pressed. */
export function useDoing(): Doing {
  const { act, takeBack } = useRoomState()
  const [problem, setProblem] = useState<ErrorCode | null>(null)
  const [busy, setBusy] = useState(false)
  async function ask(what: RoomAct): Promise<ActAnswer> {
    setBusy(true)
    const answer = await act(what)
    setBusy(false)
    const code = problemOf(what, answer)
    setProblem(code)
    if (!isKept(what)) return answer
    // its words still stand in their form: they need not be kept a second time
    if (code !== null) takeBack(keyOfAct(what))
    return answer === 'unreachable' ? { ok: null } : answer
  }
  return { ask, run: (what) => void ask(what), problem, busy }
}

/** What is worth saying of an answer: what is kept until the line is back has not failed. */
export function problemOf(act: RoomAct, answer: ActAnswer): ErrorCode | null {
  return answer === 'unreachable' && isKept(act) ? null : problemIn(answer)
}
