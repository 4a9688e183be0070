import { type ErrorCode, reasonOfClose } from '../../../../shared/errors'

/**
 * What the end of a connection asks of the client.
 * `retry` try again later · `pause` wait for the person (sign in, reload); text and device copy stay ·
 * `drop` the document holds something the server will not take: rescue the text, open afresh ·
 * `withdrawn` there is nothing to open any more: rescue the text, forget the copy ·
 * `cleaned` patient data was taken out: nothing of what was open stays on this device, open afresh.
 */
export type Verdict = 'retry' | 'pause' | 'drop' | 'withdrawn' | 'cleaned'

const VERDICTS: Partial<Record<ErrorCode, Verdict>> = {
  unauthenticated: 'pause',
  outdated_editor: 'pause',
  forbidden: 'drop',
  document_full: 'drop',
  document_rules: 'drop',
  malformed_frame: 'drop',
  unsupported_frame: 'drop',
  frame_policy: 'drop',
  frame_too_large: 'drop',
  document_cleaned: 'cleaned',
  access_ended: 'withdrawn',
  not_found: 'withdrawn',
}

export type Ending = { verdict: Verdict; reason: ErrorCode | null }

/** What follows from the close code of a connection that had been open. */
export function endingOfClose(code: number | undefined): Ending {
  const reason = code === undefined ? undefined : reasonOfClose(code)
  return reason ? endingOfRefusal(reason) : { verdict: 'retry', reason: null }
}

/** Which generation the document is in after it was cleaned, as the closing frame says it. */
export function generationIn(closeReason: string | undefined): number | undefined {
  const [, said] = /^document_cleaned (\d{1,9})$/.exec(closeReason ?? '') ?? []
  return said === undefined ? undefined : Number(said)
}

/** What follows from a reason given by name. */
export function endingOfRefusal(reason: ErrorCode): Ending {
  return { verdict: VERDICTS[reason] ?? 'retry', reason }
}

/**
 * What follows from being refused at the door. There is no frame that could be at fault, so a
 * refusal of the person is the end of access.
 */
export function endingAtTheDoor(reason: ErrorCode | null): Ending {
  if (reason === null) return { verdict: 'retry', reason }
  const { verdict } = endingOfRefusal(reason)
  return { verdict: verdict === 'drop' ? 'withdrawn' : verdict, reason }
}
