import { createHash } from 'node:crypto'
import { type ClientSession, Types } from 'mongoose'
import { SearchText as SearchTexts } from '../../models/search-text'
import { LANGUAGES, type Language, type LocalizedText, localized } from '../../shared/languages'
import type { SearchKind } from '../../shared/schemas/notifications'
import { termsOf } from '../translation/words'

/** One findable text: a post, a paragraph in one language, an item's description, a term. */
export type SearchText = {
  partnership: Types.ObjectId | string
  kind: SearchKind
  /** The thread, protocol, resource or term that it belongs to. */
  of: Types.ObjectId | string
  /** Which text of it, unique within: `post 12`, `unit adh-03 en`, `about ru`, `title en`. */
  part: string
  title: LocalizedText
  lang: Language
  text: string
  /** Approved or in force: what an observer may find. */
  published: boolean
  at: Date
}

/** Everything of one thing. */
export type SearchThing = {
  partnership: Types.ObjectId | string
  kind: SearchKind
  of: Types.ObjectId | string
}

/** As much of a text as is kept for excerpts, in UTF-16 code units; it is found by all of it. */
const KEPT = 2_000

/**
 * Make texts findable, or findable as they read now; in the transaction of the change where there is
 * one. Posts and paragraphs (`post 12`, `unit adh-03 en`) are found by their own words, and their title
 * as a part of its own (`title en`); other parts are found by the title they carry as well.
 */
export async function putSearchTexts(
  texts: readonly SearchText[],
  session?: ClientSession,
): Promise<void> {
  if (texts.length === 0) return
  await SearchTexts.bulkWrite(
    texts.map((text) => {
      const { partnership, kind, of, part } = text
      return {
        updateOne: {
          filter: { ...toFilter({ partnership, kind, of }), part },
          update: { $set: toRow(text) },
          upsert: true,
        },
      }
    }),
    { ordered: false, ...(session ? { session } : {}) },
  )
}

/** A title in each language it has, as the parts by which posts and paragraphs need not be found. */
export function titleTexts(of: Omit<SearchText, 'part' | 'lang' | 'text'>): SearchText[] {
  return LANGUAGES.flatMap((lang) => {
    const text = of.title[lang]
    return text ? [{ ...of, part: `title ${lang}`, lang, text }] : []
  })
}

/** Take texts out; every part when none are named. */
export async function dropSearchTexts(
  at: SearchThing,
  parts?: readonly string[],
  session?: ClientSession,
): Promise<void> {
  if (parts?.length === 0) return
  const which = parts ? { part: { $in: [...parts] } } : {}
  await SearchTexts.deleteMany({ ...toFilter(at), ...which }, { ...(session ? { session } : {}) })
}

/** Is anything found of it yet? */
export async function hasSearchTexts(at: SearchThing, session?: ClientSession): Promise<boolean> {
  return (await SearchTexts.exists(toFilter(at)).session(session ?? null)) !== null
}

/** Bring all texts of one thing to this state, writing only what differs. */
export async function syncSearchTexts(
  at: SearchThing,
  texts: readonly SearchText[],
  session?: ClientSession,
): Promise<void> {
  const known = await SearchTexts.find(toFilter(at), { part: 1, hash: 1 })
    .session(session ?? null)
    .lean()
  const hashes = new Map(known.map(({ part, hash }) => [part, hash]))
  const wanted = new Set(texts.map(({ part }) => part))
  const gone = known.flatMap(({ part }) => (wanted.has(part) ? [] : [part]))
  const changed = texts.filter((text) => hashes.get(text.part) !== hashOf(text))
  await putSearchTexts(changed, session)
  await dropSearchTexts(at, gone, session)
}

/** A thing has a new title; the texts that are found by it are put anew by whoever calls. */
export async function retitleSearchTexts(
  at: SearchThing,
  title: LocalizedText,
  session?: ClientSession,
): Promise<void> {
  await SearchTexts.updateMany(
    toFilter(at),
    { $set: { title } },
    { ...(session ? { session } : {}) },
  )
}

/** Is what stands at this part found by the title too? Posts and paragraphs are not, it has its own. */
function carriesTitle({ part }: SearchText): boolean {
  return !/^(?:post|unit|title) /.test(part)
}

function toRow(text: SearchText) {
  const { title, lang, published, at } = text
  const said = carriesTitle(text) ? `${title.en ?? ''}\n${title.ru ?? ''}\n` : ''
  return {
    title: localized(title.en, title.ru),
    lang,
    text: beginning(text.text),
    terms: termsOf(said + text.text),
    hash: hashOf(text),
    published,
    at,
  }
}

/** Not of `at`: that a protocol was edited elsewhere does not make this paragraph new. */
function hashOf(of: SearchText): string {
  const title = carriesTitle(of) ? [of.title.en ?? '', of.title.ru ?? ''] : []
  return createHash('sha256')
    .update(JSON.stringify([title, of.lang, of.text, of.published]))
    .digest('base64url')
}

function beginning(text: string): string {
  // not half of a character beyond the basic plane
  return text.length <= KEPT ? text : text.slice(0, KEPT).replace(/[\uD800-\uDBFF]$/, '')
}

function toFilter({ partnership, kind, of }: SearchThing) {
  return {
    partnership: new Types.ObjectId(String(partnership)),
    kind,
    of: new Types.ObjectId(String(of)),
  }
}
