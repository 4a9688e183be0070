import {
  type ActionFunctionArgs,
  type AppLoadContext,
  data,
  type LoaderFunctionArgs,
  redirect,
} from '@remix-run/node'
import { z } from 'zod'
import type { RequestContext } from '../../server/http/context'
import type { Actor } from '../../shared/actor'
import { AppError, type ErrorCode, isAppError } from '../../shared/errors'
import { Id } from '../../shared/ids'
import { ignoredIn, rememberIgnored } from './claims'
import type { Refusal } from './refusal'

type Args = LoaderFunctionArgs | ActionFunctionArgs
// not Remix's AppLoadContext: its index signature would make everything unknown
type Asked = Omit<RequestContext, 'actor'> & { request: Request; params: Args['params'] }
export type Member = Asked & { actor: Actor }
export type Anyone = Asked & { actor: Actor | null }

/** Refusals that return to the form they came from; the others go to the nearest error page. */
const FORM_CODES: readonly ErrorCode[] = [
  'invalid_input',
  'wrong_credentials',
  'too_many_requests',
  'text_moved',
  'conflict',
  'own_review',
  'locked',
  'answers_closed',
  'answered_already',
  'own_workshop',
  'not_attended',
  'test_answered',
  'patient_data',
  'last_coordinator',
  'workshop_over',
]

/** A loader for anyone; refusals become answers with their status, for the error page. */
export function forAnyone<T>(load: (asked: Anyone) => Promise<T>) {
  return async ({ request, params, context }: LoaderFunctionArgs): Promise<T> => {
    try {
      return await load({ ...context, request, params })
    } catch (error) {
      throw toAnswer(error, context)
    }
  }
}

/** A loader for whoever is signed in; others are sent to sign in and brought back. */
export function forMember<T>(load: (asked: Member) => Promise<T>) {
  return forAnyone((asked) => load(signedIn(asked)))
}

/** An action for anyone; what the form can mend comes back to it with its text kept. */
export function actionForAnyone<T>(act: (asked: Anyone) => Promise<T>) {
  return async ({ request, params, context }: ActionFunctionArgs) => {
    const copy = request.clone()
    try {
      return await act({ ...context, request, params })
    } catch (error) {
      if (!isAppError(error) || !FORM_CODES.includes(error.code)) throw toAnswer(error, context)
      if (error.detail.seconds) context.retryAfter(error.detail.seconds)
      const refusal: Refusal = {
        refused: { code: error.code, detail: error.detail },
        values: await valuesOf(copy),
      }
      return data(refusal, { status: error.status })
    } finally {
      context.noteIgnored(ignoredIn(request))
    }
  }
}

export function actionForMember<T>(act: (asked: Member) => Promise<T>) {
  return actionForAnyone((asked) => act(signedIn(asked)))
}

/** @throws AppError `not_found` when the address holds no such id */
export function idParam(params: Args['params'], name: string): string {
  const id = Id.safeParse(params[name])
  if (!id.success) throw new AppError('not_found')
  return id.data
}

/**
 * A form's fields, parsed. Only form encodings are read: JSON or text posted by a foreign page is not.
 *
 * @throws AppError `unsupported_media`; `bad_request` for what cannot be read; `invalid_input` with the failing fields in its detail
 */
export async function parseForm<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<z.infer<S>> {
  const fieldsSent = await fieldsOf(request)
  const parsed = schema.safeParse(fieldsSent)
  rememberIgnored(request, fieldsSent, parsed.data)
  if (parsed.success) return parsed.data
  const fields = parsed.error.issues.map((issue) => [issue.path.join('.') || 'form', issue.message])
  throw new AppError('invalid_input', Object.fromEntries(fields))
}

/**
 * Which of a page's forms was sent; the form can be read again afterwards.
 *
 * @throws AppError as `parseForm`
 */
export async function intentOf(request: Request): Promise<string | undefined> {
  return (await parseForm(request.clone(), Intent)).intent
}

const Intent = z.object({ intent: z.string().max(40).optional() })

async function fieldsOf(request: Request): Promise<Record<string, string>> {
  const type = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/.test(type)) {
    throw new AppError('unsupported_media')
  }
  const sent = [...(await formOf(request))]
  if (sent.length > MOST_FIELDS) throw new AppError('bad_request')
  const fields = sent.filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  return Object.fromEntries(fields)
}

/** A body that is not what its head says, or ends too early, is nobody's bug of ours. */
async function formOf(request: Request): Promise<FormData> {
  try {
    return await request.formData()
  } catch {
    throw new AppError('bad_request')
  }
}

/** Our largest form has some dozens. */
const MOST_FIELDS = 1_000

/** What was typed, for the form to show again; secrets are not sent back. */
async function valuesOf(request: Request): Promise<Record<string, string>> {
  // a form that cannot be read has nothing to show again
  const fields = Object.entries(await fieldsOf(request).catch(() => ({})))
  return Object.fromEntries(fields.filter(([name]) => !SECRET.test(name)))
}

/** Fields that never come back to a page. */
const SECRET = /password|code|secret|token/i

function signedIn(asked: Anyone): Member {
  if (asked.actor) return { ...asked, actor: asked.actor }
  const { pathname, search } = new URL(asked.request.url)
  const back =
    asked.request.method === 'GET' ? `?redirectTo=${encodeURIComponent(pathname + search)}` : ''
  throw redirect(`/sign-in${back}`)
}

/** A refusal with its status; a redirect as it is; anything else is a bug, logged once under the request's id. */
function toAnswer(error: unknown, { log, requestId, retryAfter }: AppLoadContext): unknown {
  if (isAppError(error)) {
    if (error.detail.seconds) retryAfter(error.detail.seconds)
    return data({ code: error.code, detail: error.detail }, { status: error.status })
  }
  if (error instanceof Response) return error
  log.error({ err: error, id: requestId }, 'page failed')
  return data({ code: 'unexpected', detail: { requestId } }, { status: 500 })
}
