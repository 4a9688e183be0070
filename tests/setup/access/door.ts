import { randomUUID } from 'node:crypto'
import type { Operation, Standing } from '../../../shared/policy'
import type { House, Who } from './house'

/**
 * What an operation is tried on: by whom it is allowed, on anything there (`plain`), their own, or what
 * is published; by whom it is denied, on anything (`any`), what is somebody else's, or a draft.
 */
export type On = 'plain' | 'own' | 'published' | 'any' | 'others' | 'draft'

/** How a door answered, in one vocabulary: `done`, a refusal's code, or what is neither. */
export type Answer = 'done' | 'unauthenticated' | 'forbidden' | 'not_found' | `odd: ${string}`

/** A door of the product and how an operation is asked for through it. */
export type Door = {
  name: string
  key: Operation
  kind: 'api' | 'page' | 'tus' | 'files' | 'collab' | 'socket.io' | 'jobs'
  /** Standings whose cells have no meaning at this door. */
  without?: readonly Standing[]
  /** Nothing there is published yet: only the refusal of what is not can be tried. */
  onlyDrafts?: true
  /** Where it refuses otherwise than the rest of the product, and why that is right. */
  refuses?: Partial<Record<Standing, Answer>>
  act: (house: House, who: Who, on: On) => Promise<Answer>
  /** What an answer that is redacted (`r`) must not hold. */
  hides?: (house: House, who: Who) => Promise<string[]>
}

export type Asked = { answer: Answer; text: string }

/** A request with somebody's cookie; with a form it is a post of one. */
export async function ask(
  { origin }: Pick<House, 'origin'>,
  { cookie }: Pick<Who, 'cookie'>,
  path: string,
  form?: Record<string, string>,
): Promise<Asked> {
  const response = await fetch(`${origin}${path}`, {
    redirect: 'manual',
    headers: { origin, ...(cookie ? { cookie } : {}) },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  })
  return readAnswer(response)
}

export async function readAnswer(response: Response): Promise<Asked> {
  const text = await response.text()
  const to = response.headers.get('location') ?? ''
  // one loader alone tells where to go in its answer
  const isSentAway = /^\/sign-in\b/.test(to) || (response.status === 202 && /"\/sign-in/.test(text))
  return { answer: isSentAway ? 'unauthenticated' : answerOf(response.status), text }
}

export function answerOf(status: number): Answer {
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'forbidden'
  if (status === 404) return 'not_found'
  return status < 400 ? 'done' : `odd: ${status}`
}

/** A page, as its document and as its loader asked for alone: both must say the same. */
export async function visit(house: House, who: Who, path: string, routeId: string): Promise<Asked> {
  const [at = '', query = ''] = path.split('?')
  const document = await ask(house, who, path)
  const only = new URLSearchParams(query)
  only.set('_routes', routeId)
  const alone = await ask(house, who, `${at}.data?${only}`)
  const agree = document.answer === alone.answer
  return {
    answer: agree ? alone.answer : `odd: page ${document.answer}, loader ${alone.answer}`,
    text: alone.text,
  }
}

/** A page that is read: its document and its loader alone. */
export function page(
  key: Door['key'],
  path: (house: House) => string,
  routeId: string,
  more: Partial<Door> = {},
): Door {
  const act = async (house: House, who: Who) =>
    (await visit(house, who, path(house), `routes/${routeId}`)).answer
  return { name: `the page ${routeId}`, key, kind: 'page', act, ...more }
}

/** A form that is posted. */
export function form(
  name: string,
  key: Door['key'],
  act: Door['act'],
  more: Partial<Door> = {},
): Door {
  return { name, key, kind: 'page', act, ...more }
}

/** A form's answer. */
export async function post(
  house: House,
  who: Who,
  path: string,
  fields: Record<string, string>,
): Promise<Answer> {
  return (await ask(house, who, path, fields)).answer
}

/** A form of its own each time. */
export const key = () => ({ clientKey: randomUUID() })
