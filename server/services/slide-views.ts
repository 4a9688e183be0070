import type { SlideDeckRow } from '../../models/slide-deck'
import { ERRORS, type ErrorCode } from '../../shared/errors'
import { localized } from '../../shared/languages'
import type { DeckView, SlideView } from '../../shared/workshop-views'

/** Where the storage has a page's image. */
export function slideKey(deck: Pick<SlideDeckRow, '_id'>, page: number): string {
  return `slide-${deck._id}-${page}`
}

/** A deck as lists show it. While it is being made, `pages` counts those that are there. */
export function toDeckView(row: SlideDeckRow): DeckView {
  const { en, ru } = row.title
  return {
    id: String(row._id),
    title: localized(en, ru),
    lang: row.lang,
    state: row.state,
    failure: codeOf(row.failure),
    failureDetail: row.failureDetail ?? {},
    pages: row.pages.length,
    total: row.total ?? null,
    bytes: row.pages.reduce((sum, { bytes }) => sum + bytes, 0),
    resourceId: String(row.resource),
  }
}

function codeOf(failure: string | null): ErrorCode | null {
  return failure !== null && isErrorCode(failure) ? failure : null
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code)
}

/** The pages of a deck in their order. */
export function toSlideViews({ _id, pages }: SlideDeckRow): SlideView[] {
  return pages.map(({ width, height, bytes, text }, index) => ({
    deckId: String(_id),
    page: index + 1,
    width,
    height,
    bytes,
    src: `/slides/${String(_id)}/${index + 1}`,
    text,
  }))
}
