import type { ClientActionFunctionArgs } from '@remix-run/react'
import { ERRORS } from '../../shared/errors'
import type { Refusal } from './refusal'

/**
 * The `clientAction` of a page with a form: when no answer came, the page stays, with what was typed,
 * instead of giving way to the error page.
 */
export async function keepForm({ request, serverAction }: ClientActionFunctionArgs) {
  const copy = request.clone()
  try {
    return await serverAction<unknown>()
  } catch (error) {
    // how `fetch` fails; a redirect is thrown too, as a Response
    if (!(error instanceof TypeError)) throw error
    const { status } = ERRORS.unreachable
    // a Response, because only its status keeps the page from being read again
    return Response.json(unreachable(await copy.formData()), { status })
  }
}

/** A form that could not be sent, with its text; secrets are not kept. */
export function unreachable(form: FormData): Refusal {
  return { refused: { code: 'unreachable', detail: {} }, values: valuesOf(form) }
}

/** The text fields of a form but its secrets. */
export function valuesOf(form: FormData): Record<string, string> {
  const fields = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  const { password: _secret, ...values } = Object.fromEntries(fields)
  return values
}
