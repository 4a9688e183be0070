import * as z from 'zod/mini'
import type { ErrorCode } from '../../../shared/errors'
import { unreachable, valuesOf } from '../../lib/keep-form'
import type { Refusal } from '../../lib/refusal'
import { errorCodeOf } from './error-code'

const Problem = z.object({
  code: z.string(),
  detail: z.optional(z.record(z.string(), z.string())),
})
const Refused = z.union([z.object({ refused: Problem }), Problem])

/**
 * Send a form to a route without a page: a plain request, so that neither a refusal nor a broken line
 * replaces the page.
 *
 * @returns null when it was done
 */
export async function postChange(address: string, form: FormData): Promise<Refusal | null> {
  const values = valuesOf(form)
  const refused = (code: ErrorCode, detail: Record<string, string> = {}): Refusal => ({
    refused: { code, detail },
    values,
  })
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: new URLSearchParams(values),
      headers: { Accept: 'application/json' },
      // an ended session answers with the way to the sign-in page
      redirect: 'manual',
    })
    if (response.type === 'opaqueredirect') return refused('unauthenticated')
    if (response.ok) return null
    const said = Refused.safeParse(await response.json().catch(() => null))
    // a proxy's own page is no answer of ours
    if (!said.success) return refused(response.status >= 500 ? 'unavailable' : 'unexpected')
    const { code, detail } = 'refused' in said.data ? said.data.refused : said.data
    return refused(errorCodeOf(code) ?? 'unexpected', detail)
  } catch {
    return unreachable(form)
  }
}
