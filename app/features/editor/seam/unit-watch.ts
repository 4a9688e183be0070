import type * as Y from 'yjs'
import {
  countUnits,
  deriveUnits,
  pageRows,
  suspectedDoubling,
} from '../../../../shared/editor/alignment'
import { createBlockReader, readLedger } from '../../../../shared/editor/blocks'
import { type Block, BODY_ROOT, LEDGER_ROOT } from '../../../../shared/editor/content'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import type { UnitCounts } from '../../../../shared/views'
import { type RowView, viewRows } from './row-view'
import { type Slot, slotsOf } from './slots'

/** The document as the page shows it, at one moment. */
export type Watched = {
  rows: readonly RowView[]
  slots: readonly Slot[]
  counts: UnitCounts
  doubled: readonly { lang: Language; first: Block; second: Block }[]
}

/** A frame may be long in coming while the page is hidden; its head is to be right all the same. */
const HIDDEN_MS = 400

/** Derives rows and states of a live document anew after changes, at most once a frame. */
export class UnitWatch {
  #doc: Y.Doc
  #readers
  #now: Watched
  #hearers = new Set<() => void>()
  #frame = 0
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(doc: Y.Doc) {
    this.#doc = doc
    this.#readers = {
      en: createBlockReader(doc.getXmlFragment(BODY_ROOT.en)),
      ru: createBlockReader(doc.getXmlFragment(BODY_ROOT.ru)),
    }
    this.#now = this.#derive()
    for (const lang of LANGUAGES) doc.getXmlFragment(BODY_ROOT[lang]).observeDeep(this.#schedule)
    doc.getMap(LEDGER_ROOT).observeDeep(this.#schedule)
  }

  readonly read = () => this.#now

  readonly subscribe = (hear: () => void) => {
    this.#hearers.add(hear)
    return () => {
      this.#hearers.delete(hear)
    }
  }

  /** Derive what is outstanding at once, for an action that must see the latest hashes. */
  readonly refresh = () => {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
    this.#frame = 0
    this.#now = this.#derive(new Map(this.#now.rows.map((row) => [row.key, row])))
    for (const hear of this.#hearers) hear()
    return this.#now
  }

  destroy() {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#timer)
    for (const lang of LANGUAGES) {
      this.#readers[lang].destroy()
      this.#doc.getXmlFragment(BODY_ROOT[lang]).unobserveDeep(this.#schedule)
    }
    this.#doc.getMap(LEDGER_ROOT).unobserveDeep(this.#schedule)
  }

  #schedule = () => {
    if (this.#frame) return
    this.#frame = requestAnimationFrame(this.refresh)
    this.#timer = setTimeout(this.refresh, HIDDEN_MS)
  }

  #derive(before?: ReadonlyMap<string, RowView>): Watched {
    const blocks = { en: this.#readers.en.read(), ru: this.#readers.ru.read() }
    const statuses = deriveUnits(blocks, readLedger(this.#doc))
    const rows = viewRows(pageRows(blocks), statuses, before)
    return {
      rows,
      slots: slotsOf(rows, blocks.ru),
      counts: countUnits(statuses),
      doubled: LANGUAGES.flatMap((lang) =>
        suspectedDoubling(blocks[lang]).map((pair) => ({ lang, ...pair })),
      ),
    }
  }
}
