import * as Y from 'yjs'
import { readBlocks } from '../../../../shared/editor/blocks'
import { BODY_ROOT } from '../../../../shared/editor/content'
import { isTextblock } from '../../../../shared/editor/grammar-shape'
import { LANGUAGES, type Language } from '../../../../shared/languages'

/** What a person wrote and the server did not take. */
export type Rescue = {
  /** A Yjs update: the own changes that were not committed, or the whole document. */
  bytes: Uint8Array
  /** The paragraphs they stand in, as plain text, a blank line between two. */
  text: Record<Language, string>
}

/**
 * Gather own changes so that they outlive the document.
 *
 * @param unsaved the own changes as updates, in order; empty means that it is not known which they
 *   are, then the whole document is rescued
 */
export function rescueFrom(doc: Y.Doc, unsaved: readonly Uint8Array[]): Rescue {
  if (unsaved.length === 0) {
    const text = textOf(doc, () => true)
    return { bytes: Y.encodeStateAsUpdate(doc), text }
  }
  const bytes = Y.mergeUpdates([...unsaved])
  const written = writtenBy(bytes)
  return { bytes, text: textOf(doc, (element) => holdsAny(element, written)) }
}

/**
 * Own words alone, without what stands beside them, by language.
 *
 * @param unsaved the own changes as updates, in order
 */
export function ownWords(doc: Y.Doc, unsaved: readonly Uint8Array[]): Record<Language, string> {
  const written = unsaved.length > 0 ? writtenBy(Y.mergeUpdates([...unsaved])) : new Map()
  const wordsIn = (lang: Language) =>
    textblocksUnder(doc.getXmlFragment(BODY_ROOT[lang]))
      .map((element) => wordsOf(element, written))
      .filter((text) => text !== '')
      .join('\n\n')
  return { en: wordsIn('en'), ru: wordsIn('ru') }
}

/** What stands between own words is an ellipsis. */
function wordsOf(element: Y.XmlElement, written: ReadonlyMap<number, Span[]>): string {
  const runs: string[] = []
  let isApart = true
  for (const item of itemsUnder(element)) {
    const { content, id, deleted } = item
    if (deleted || !(content instanceof Y.ContentString)) continue
    for (let i = 0; i < content.str.length; i++) {
      const clock = id.clock + i
      const isOwn = written.get(id.client)?.some(({ from, to }) => from <= clock && clock < to)
      if (isOwn && isApart) runs.push('')
      if (isOwn) runs.push(`${runs.pop() ?? ''}${content.str[i]}`)
      isApart = !isOwn
    }
  }
  return runs
    .map((run) => run.trim())
    .filter((run) => run !== '')
    .join(' … ')
}

/** Of a textblock and its texts, in order. */
function itemsUnder(type: Y.XmlElement | Y.XmlText): Y.Item[] {
  const items: Y.Item[] = []
  for (let item = type._start; item; item = item.right) {
    const inner = item.content instanceof Y.ContentType ? item.content.type : undefined
    if (inner instanceof Y.XmlText && !item.deleted) items.push(...itemsUnder(inner))
    else items.push(item)
  }
  return items
}

/** Whether an update holds what the document does not, deletions aside. */
export function isNews(doc: Y.Doc, update: Uint8Array): boolean {
  return Y.decodeUpdate(update).structs.some(
    ({ id, length }) => id.clock + length > Y.getState(doc.store, id.client),
  )
}

/** Whether there is anything in it that a person could read. */
export function isReadable({ text }: Rescue): boolean {
  return LANGUAGES.some((lang) => text[lang] !== '')
}

function textOf(doc: Y.Doc, wanted: (element: Y.XmlElement) => boolean): Rescue['text'] {
  const bodyText = (lang: Language) => {
    const fragment = doc.getXmlFragment(BODY_ROOT[lang])
    const blocks = readBlocks(fragment)
    return textblocksUnder(fragment)
      .map((element, i) => (wanted(element) ? (blocks[i]?.text.trim() ?? '') : ''))
      .filter((text) => text !== '')
      .join('\n\n')
  }
  return { en: bodyText('en'), ru: bodyText('ru') }
}

/** In the order of `readBlocks`. */
function textblocksUnder(parent: Y.XmlFragment): Y.XmlElement[] {
  return parent.toArray().flatMap((child) => {
    if (!(child instanceof Y.XmlElement)) return []
    return isTextblock(child.nodeName) ? [child] : textblocksUnder(child)
  })
}

type Span = { from: number; to: number }

function writtenBy(update: Uint8Array): Map<number, Span[]> {
  const spans = new Map<number, Span[]>()
  for (const { id, length } of Y.decodeUpdate(update).structs) {
    const own = spans.get(id.client) ?? []
    own.push({ from: id.clock, to: id.clock + length })
    spans.set(id.client, own)
  }
  return spans
}

function holdsAny(element: Y.XmlElement, written: Map<number, Span[]>): boolean {
  const isWritten = ({ id, length }: Y.Item) =>
    written.get(id.client)?.some(({ from, to }) => id.clock < to && from < id.clock + length)
  const anyOf = (type: Y.XmlElement | Y.XmlText): boolean => {
    for (let item = type._start; item; item = item.right) {
      if (!item.deleted && isWritten(item)) return true
      const { content } = item
      if (content instanceof Y.ContentType && content.type instanceof Y.XmlText) {
        if (anyOf(content.type)) return true
      }
    }
    return false
  }
  return anyOf(element)
}
