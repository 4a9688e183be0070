import type { EditorView } from '@tiptap/pm/view'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import { giveRoom, type Room, roomOf } from './row-room'
import { align, type Slot, type SlotSize } from './slots'

type Parts = {
  /** What the tops of rows are counted from. */
  sheet: HTMLElement
  /** Holds one element per slot, with its key in `data-slot`. */
  overlay: HTMLElement
  views: () => Record<Language, EditorView>
  slots: () => readonly Slot[]
}

/**
 * Keeps the rows of both languages in step: reads the heights that texts have by themselves, gives the
 * shorter ones room, and moves the seam along. At most once a frame, never while somebody composes
 * a letter (an input method would lose it), and only what moved is written.
 */
export class RowLayout {
  #parts: Parts
  #frame = 0
  #resizes: ResizeObserver

  constructor(parts: Parts) {
    this.#parts = parts
    this.#resizes = new ResizeObserver(this.schedule)
    this.#resizes.observe(parts.sheet)
    for (const lang of LANGUAGES) {
      const { dom } = parts.views()[lang]
      this.#resizes.observe(dom)
      dom.addEventListener('compositionend', this.schedule)
    }
    // web fonts that arrive late change heights without changing the size of the sheet's width
    document.fonts?.ready.then(this.schedule)
    this.schedule()
  }

  readonly schedule = () => {
    if (!this.#frame) this.#frame = requestAnimationFrame(this.#pass)
  }

  /** At once, for the first time: the text is not shown before its rows are in step. */
  now() {
    cancelAnimationFrame(this.#frame)
    this.#pass()
  }

  destroy() {
    cancelAnimationFrame(this.#frame)
    this.#resizes.disconnect()
    for (const lang of LANGUAGES) {
      this.#parts.views()[lang].dom.removeEventListener('compositionend', this.schedule)
    }
  }

  #pass = () => {
    this.#frame = 0
    const { sheet, overlay, slots: readSlots } = this.#parts
    const views = this.#parts.views()
    if (LANGUAGES.some((lang) => views[lang].isDestroyed || views[lang].composing)) return
    const shown = LANGUAGES.filter((lang) => views[lang].dom.offsetParent !== null)
    if (shown.length === 0) return

    const slots = readSlots()
    const items = new Map<string, HTMLElement>()
    for (const item of overlay.querySelectorAll<HTMLElement>(':scope > [data-slot]')) {
      items.set(item.dataset.slot ?? '', item)
    }
    const text = {
      en: shown.includes('en') ? measure(views.en, slots, 'en') : NOTHING,
      ru: shown.includes('ru') ? measure(views.ru, slots, 'ru') : NOTHING,
    }
    const sizes = slots.map((slot, index): SlotSize => {
      const item = items.get(slot.key)
      const own = { en: text.en.heights[index] ?? 0, ru: text.ru.heights[index] ?? 0 }
      return { text: own, below: below(item), least: item ? leastHeight(item) : 0 }
    })
    const { tops, heights, lead, room } = align(slots, sizes, shown)

    const origin = originOf(
      sheet,
      shown.map((lang) => text[lang].origin),
    )
    slots.forEach((slot, index) => {
      const item = items.get(slot.key)
      if (!item) return
      put(item, 'top', origin + (tops[index] ?? 0))
      put(item, 'height', heights[index] ?? 0)
      for (const note of item.querySelectorAll<HTMLElement>('[data-below]')) {
        const lang = note.dataset.below === 'ru' ? 'ru' : 'en'
        if (!('over' in note.dataset)) put(note, 'top', sizes[index]?.text[lang] ?? 0)
      }
    })
    overlay.dataset.placed = ''
    let moved = false
    for (const lang of shown) {
      const given: Room = { lead: lead[lang], after: room[lang] }
      if (giveRoom(views[lang], given)) moved = true
    }
    // what was drawn with other margins may wrap otherwise by a pixel; the next pass finds nothing to do
    if (moved) this.schedule()
  }
}

type Measured = {
  /** Per slot, without the room after it. */
  heights: readonly number[]
  /** Viewport position of the first block, without the lead; null for an empty text. */
  origin: number | null
}
const NOTHING: Measured = { heights: [], origin: null }

function measure(view: EditorView, slots: readonly Slot[], lang: Language): Measured {
  const elements = new Map<string, Element>()
  for (const element of view.dom.querySelectorAll('[data-uid]')) {
    const uid = element.getAttribute('data-uid') ?? ''
    if (!elements.has(uid)) elements.set(uid, boxOf(element))
  }
  const { lead, after } = roomOf(view.state)
  const heights = slots.map(() => 0)
  let origin: number | null = null
  let before: { index: number; top: number } | undefined
  let room = 0
  slots.forEach((slot, index) => {
    const element = elements.get(slot[lang][0] ?? '')
    if (!element) return
    const { top } = element.getBoundingClientRect()
    if (before) heights[before.index] = Math.max(0, top - before.top - room)
    else origin = top - lead
    room = slot[lang].reduce((sum, uid) => sum + (after.get(uid) ?? 0), 0)
    before = { index, top }
  })
  const end = view.dom.lastElementChild?.getBoundingClientRect().bottom
  if (before && end !== undefined) heights[before.index] = Math.max(0, end - before.top)
  return { heights, origin }
}

/** A table is one row; a callout begins above its first paragraph, with the word for its kind. */
function boxOf(element: Element): Element {
  const { parentElement } = element
  if (parentElement?.localName === 'aside' && parentElement.firstElementChild === element) {
    return parentElement
  }
  return element.closest('table') ?? element
}

function originOf(sheet: HTMLElement, origins: readonly (number | null)[]): number {
  const found = origins.filter((origin) => origin !== null)
  return found.length === 0 ? 0 : Math.min(...found) - sheet.getBoundingClientRect().top
}

function below(item: HTMLElement | undefined): Record<Language, number> {
  const height = (lang: Language) => {
    const note = item?.querySelector<HTMLElement>(`[data-below="${lang}"]:not([data-over])`)
    return note?.offsetHeight ?? 0
  }
  return { en: height('en'), ru: height('ru') }
}

/** The button of a row and its margin; rows without one have no least height. */
function leastHeight(item: HTMLElement): number {
  const button = item.querySelector<HTMLElement>('.seam-button')
  return button ? button.offsetTop + button.offsetHeight + 4 : 0
}

function put(element: HTMLElement, property: 'top' | 'height', px: number) {
  const value = `${Math.round(px * 100) / 100}px`
  if (element.style[property] !== value) element.style[property] = value
}
