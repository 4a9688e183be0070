import { randomUUID } from 'node:crypto'
import type { Actor } from '../../../shared/actor'
import { LANGUAGES, type Language } from '../../../shared/languages'
import { can } from '../../../shared/policy'
import type { MentionableView, PersonView, ThreadPage } from '../../../shared/views'
import type { Member } from '../../lib/route'

/** What the reader may do in a thread. */
export type ThreadRights = {
  reply: boolean
  moderate: boolean
  /** Remove patient data for ever. */
  purge: boolean
  /** Put a translation under a post; whoever reads both languages. */
  translate: boolean
  askForTranslation: boolean
}

/** Who can be called by name, and the reader's own languages for writing. */
export type Writers = {
  people: readonly MentionableView[]
  languages: readonly Language[]
}

/** A thread as its page and the panel beside a protocol show it. */
export type ThreadPageData = Writers & {
  page: ThreadPage
  me: PersonView
  may: ThreadRights
  /** Of the form as it is without scripts, so that sending it twice makes one post. */
  clientKey: string
  /** UTC, ISO-8601: what "today" is on the page. */
  now: string
}

/**
 * Everything a thread shows, for its page and for the panel.
 *
 * @throws AppError `not_found`, `forbidden`
 */
export async function openThread(
  { actor, services }: Pick<Member, 'actor' | 'services'>,
  partnershipId: string,
  threadId: string,
  at: { beforeSeq?: number | undefined; aroundSeq?: number | undefined },
): Promise<ThreadPageData> {
  const within = { partnershipId }
  const [page, me, people] = await Promise.all([
    services.discussions.openThread(actor, threadId, { ...within, ...at }),
    services.people.readMyself(actor, partnershipId),
    can(actor, 'mention:find', within) ? services.people.listMentionable(actor, partnershipId) : [],
  ])
  const languages = languagesOf(actor, people)
  const may = rightsOf(actor, partnershipId, languages)
  const now = new Date().toISOString()
  return { page, me, languages, people, may, clientKey: randomUUID(), now }
}

/** A person writes in what they have said they read; in either when that is not known. */
export function languagesOf(
  { userId }: Pick<Actor, 'userId'>,
  people: readonly MentionableView[],
): readonly Language[] {
  return people.find(({ id }) => id === userId)?.languages ?? LANGUAGES
}

function rightsOf(
  actor: Actor,
  partnershipId: string,
  languages: readonly Language[],
): ThreadRights {
  const within = { partnershipId }
  const reply = can(actor, 'thread:reply', within)
  const translate = reply && LANGUAGES.every((lang) => languages.includes(lang))
  return {
    reply,
    translate,
    moderate: can(actor, 'thread:moderate', within),
    purge: can(actor, 'protocol:purge', within),
    askForTranslation: !translate && can(actor, 'translation:request', within),
  }
}

/** A post's number in an address; undefined when it is none. */
export function seqIn(url: URL, name: string): number | undefined {
  const asked = url.searchParams.get(name) ?? ''
  return /^\d{1,9}$/.test(asked) ? Number(asked) : undefined
}
