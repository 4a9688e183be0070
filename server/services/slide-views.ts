import type { SlideDeckRow } from '../../models/slide-deck'
import { ERRORS, type ErrorCode } from '../../shared/errors'
import { localized } from '../../shared/languages'
import type { AttendeeView } from '../../shared/room-views'
import type { DeckView, SlideView, SlideWords } from '../../shared/workshop-views'

/** Where the storage has a page's image. */
export function slideKey(deck: Pick<SlideDeckRow, '_id'>, page: number): string {
  return `slide-${deck._id}-${page}`
}

/** A deck without its pages: how many there are, and the bytes of their images. */
export type ListedDeck = Omit<SlideDeckRow, 'pages'> & { pages: number; bytes: number }

/** A deck as lists show it. While it is being made, `pages` counts those that are there. */
export function toDeckView(row: ListedDeck): DeckView {
  const { en, ru } = row.title
  return {
    id: String(row._id),
    title: localized(en, ru),
    lang: row.lang,
    pairId: row.pair ? String(row.pair) : null,
    state: row.state,
    failure: codeOf(row.failure),
    failureDetail: row.failureDetail ?? {},
    pages: row.pages,
    total: row.total ?? null,
    bytes: row.bytes,
    resourceId: String(row.resource),
  }
}

function codeOf(failure: string | null): ErrorCode | null {
  return failure !== null && isErrorCode(failure) ? failure : null
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

/** A deck's pages as they were read: all of them, or some from a number on. */
export type ReadPages = Pick<SlideDeckRow, '_id' | 'lang' | 'pages'>

/**
 * The pages of a deck in their order.
 *
 * @param people who wrote words for them, by participant id
 * @param first number of the first one that was read
 */
export function toSlideViews(
  { _id, lang, pages }: ReadPages,
  people: ReadonlyMap<string, AttendeeView>,
  first = 1,
): SlideView[] {
  return pages.map((row, index) => {
    const { width, height, bytes, text, words = [], rev = 0 } = row
    const [own, translation] = [true, false].map((isOwn): SlideWords | null => {
      const found = words.find((each) => (each.lang === lang) === isOwn)
      if (!found) return null
      const by = people.get(String(found.by)) ?? null
      return { lang: found.lang, text: found.text, by, at: found.at.toISOString() }
    })
    return {
      deckId: String(_id),
      page: first + index,
      width,
      height,
      bytes,
      src: `/slides/${String(_id)}/${first + index}`,
      lang,
      text,
      // what the PDF says of itself is not written anew
      written: text === '' ? (own ?? null) : null,
      translation: translation ?? null,
      rev,
    }
  })
}
