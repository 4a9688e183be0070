import { parse } from 'cookie'
import type { Request, Response } from 'express'
import type { Logger } from 'pino'
import type { Actor } from '../../shared/actor'
import type { AppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import { THEMES, type Theme } from '../../shared/schemas/accounts'
import type { PersonName } from '../../shared/views'
import { readGuest, readGuests } from '../auth/guests'
import { readBearer } from '../auth/sessions'
import type { Clock } from '../ports'
import type { Services } from '../services'
import { toNameView } from '../services/names'
import { clientAddress } from './client-address'
import { nonceOf } from './headers'
import { chooseLanguage, LANGUAGE_COOKIE } from './language'
import type { NoteRefusal } from './refusal-notes'
import { refusalOf, type WayOn } from './refusal-page'

export const THEME_COOKIE = 'twinward_theme'

/** What every loader and action gets: the only way from a page to the product. */
export type RequestContext = {
  services: Services
  log: Logger
  /** Whoever asks; null when nobody is signed in. */
  actor: Actor | null
  /**
   * Whoever asks, as somebody of one workshop: signed in if that lets them join it, else its guest,
   * who may still be waiting to be let in.
   *
   * @throws AppError `unauthenticated` for nobody, `not_found`
   */
  attendeeFor: (workshopId: string) => Promise<Actor>
  /** The asker's name for the head of the page. */
  person: { name: PersonName; email: string } | null
  /** Signed in on a computer that others use: nothing may stay on the device. */
  sharedComputer: boolean
  lang: Language
  /** IANA; of whoever is signed in, else of the guest. */
  timeZone: string
  theme: Theme
  nonce: string
  requestId: string
  /** Say on the answer how long to wait, in seconds; pages have no other way to its head. */
  retryAfter: (seconds: string) => void
  /** The answer of a link to a file that is refused: a page to read, to what reads pages. */
  refuse: (error: AppError, wayOn?: WayOn) => globalThis.Response
  /** Fields of a form that said who somebody is, and were not listened to. */
  noteIgnored: (names: readonly string[]) => void
  /** A guests' link that leads nowhere was opened. */
  noteGuessedLink: () => void
  /** Demonstration accounts are offered on the sign-in page. */
  demo: boolean
  /** Cookies over https only. */
  secure: boolean
  /** Address of the client, or its network, for limits. */
  address: string
  /** What the browser calls itself, for the list of one's sessions. */
  agent: string | undefined
}

export async function readContext(
  request: Request,
  response: Response,
  world: {
    services: Services
    log: Logger
    clock: Clock
    demo: boolean
    secure: boolean
    note: NoteRefusal
  },
): Promise<RequestContext> {
  const bearer = await readBearer(request, world.clock.now())
  const cookies = parse((request.headers.cookie ?? '').slice(0, 4_096))
  const lang = chooseLanguage(
    bearer?.user.lang ?? undefined,
    cookies[LANGUAGE_COOKIE],
    request.headers['accept-language'],
  )
  const actor = bearer ? { ...bearer.actor, lang } : null
  const guests = actor ? [] : await readGuests(request, world.clock.now())
  return {
    services: world.services,
    log: world.log,
    actor,
    async attendeeFor(workshopId) {
      const guest = await readGuest(request, world.clock.now(), workshopId)
      return world.services.workshopDoor.attendeeAmong(
        [actor, guest && { ...guest, lang }],
        workshopId,
      )
    },
    person: bearer ? { name: toNameView(bearer.user.name), email: bearer.user.email } : null,
    sharedComputer: bearer?.session.shared ?? guests.some(({ guest }) => guest?.shared),
    lang,
    timeZone: (actor ?? guests[0])?.timeZone ?? 'UTC',
    theme: THEMES.find((theme) => theme === cookies[THEME_COOKIE]) ?? 'system',
    nonce: nonceOf(response),
    requestId: String(request.id),
    retryAfter: (seconds) => response.setHeader('Retry-After', seconds),
    refuse(error, wayOn) {
      if (error.detail.seconds) response.setHeader('Retry-After', error.detail.seconds)
      return refusalOf(error, request, { lang, nonce: nonceOf(response), wayOn })
    },
    noteIgnored(names) {
      if (names.length === 0) return
      world.note('claim:ignored', { fields: names.join(' ') }, bearer?.actor.userId)
    },
    noteGuessedLink: () => world.note('guest-link:refused', {}, bearer?.actor.userId),
    demo: world.demo,
    secure: world.secure,
    address: clientAddress(request.ip),
    agent: request.headers['user-agent'],
  }
}
