import * as z from 'zod/mini'
import { ERRORS, type ErrorCode } from '../../../../shared/errors'
import type { MarkInSync } from '../../../../shared/schemas/protocols'

export type MarkAnswer = 'marked' | 'unreachable' | { refused: ErrorCode }

const Code = z.custom<ErrorCode>((code) => typeof code === 'string' && Object.hasOwn(ERRORS, code))
const Refused = z.union([z.object({ refused: z.object({ code: Code }) }), z.object({ code: Code })])

/** How often a mark that did not reach the server is sent again; its `clientKey` makes that safe. */
const TRIES = 3

/** Send one mark. It is a plain request, so that a refusal never replaces the page people write on. */
export async function postMark(address: string, mark: MarkInSync): Promise<MarkAnswer> {
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const answer = await send(address, mark)
    if (answer !== 'unreachable') return answer
    if (attempt < TRIES) await new Promise((done) => setTimeout(done, attempt * 500))
  }
  return 'unreachable'
}

async function send(address: string, mark: MarkInSync): Promise<MarkAnswer> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams(mark),
      headers: { Accept: 'application/json' },
      // an ended session answers with the way to the sign-in page
      redirect: 'manual',
    })
    if (response.type === 'opaqueredirect') return { refused: 'unauthenticated' }
    if (response.ok) return 'marked'
    if (response.status >= 500) return 'unreachable'
    const refused = Refused.safeParse(await response.json())
    if (!refused.success) return { refused: 'unexpected' }
    const { data } = refused
    return { refused: 'code' in data ? data.code : data.refused.code }
  } catch {
    return 'unreachable'
  }
}
