import type { Language } from '../languages'
import type { DocJson, Ledger, LedgerEntry, LiveContent } from './content'
import { isTextblock } from './grammar-shape'
import { findPassage, passagesIn, type Stretch } from './passage'
import { unitHash } from './unit-hash'

/** A text to be taken out; without `uid` and `unit` wherever that language has it. */
export type RedactedPassage = {
  lang: Language
  uid?: string | undefined
  unit?: string | undefined
  text: string
}

/** What stands where something was taken out; the same in every language. */
export const REMOVED_MARK = '[…]'

export type Redacted = {
  body: Record<Language, DocJson>
  ledger: Record<string, LedgerEntry>
  /** Places in the text, in the address of a link, or in what the ledger remembers of it. */
  removed: number
}

type Redaction = { lang: Language; units: ReadonlySet<string> | null; uid?: string; text: string }

/**
 * A document's content without passages: a mark stands in the place of each, links whose address holds
 * one are links no more, and everything else is as it was. What was said to agree, agrees still, where
 * only the passage has changed.
 */
export function redactContent(
  { body, blocks, ledger }: Pick<LiveContent, 'body' | 'blocks' | 'ledger'>,
  passages: readonly RedactedPassage[],
): Redacted {
  const redactions = passages.map(({ lang, uid, unit, text }): Redaction => {
    const own = unit ?? blocks[lang].find((block) => block.uid === uid)?.unit
    const isAnywhere = uid === undefined && unit === undefined
    const units = isAnywhere ? null : new Set(own === undefined ? [] : [own])
    return { lang, units, text, ...(uid !== undefined && { uid }) }
  })
  const count = { places: 0 }
  const bodyOf = (lang: Language) => {
    const meant = redactions.filter((one) => one.lang === lang)
    return meant.length > 0 ? redactNode(body[lang], meant, count) : body[lang]
  }
  return {
    body: { en: bodyOf('en'), ru: bodyOf('ru') },
    ledger: redactLedger(ledger, redactions, count),
    removed: count.places,
  }
}

type Count = { places: number }

function redactNode(node: DocJson, redactions: readonly Redaction[], count: Count): DocJson {
  if (!isTextblock(node.type)) {
    const { content } = node
    return content
      ? { ...node, content: content.map((child) => redactNode(child, redactions, count)) }
      : node
  }
  const meant = redactions.filter(({ units, uid }) => isIn(node, units, uid))
  let content = node.content ?? []
  let find = passagesIn(textOf(content))
  for (const { text } of meant) {
    content = withoutLinks(content, text, count)
    const found = find(text)
    if (found.length === 0) continue
    count.places += found.length
    content = cutOut(content, found)
    find = passagesIn(textOf(content))
  }
  if (content === node.content || content.length === 0) return node
  return { ...node, content: joined(content) }
}

function isIn({ attrs }: DocJson, units: Redaction['units'], uid: string | undefined): boolean {
  if (uid !== undefined) return attrs?.uid === uid
  return units === null || (typeof attrs?.unit === 'string' && units.has(attrs.unit))
}

/** As `readBlocks` has it. */
function textOf(content: readonly DocJson[]): string {
  return content.map((node) => node.text ?? '\n').join('')
}

/** The mark takes the place of each stretch, and looks as its beginning did; it leads nowhere. */
function cutOut(content: DocJson[], stretches: readonly Stretch[]): DocJson[] {
  if (stretches.length === 0) return content
  const kept: DocJson[] = []
  let at = 0
  for (const node of content) {
    const length = (node.text ?? '\n').length
    const [begin, end] = [at, at + length]
    let from = begin
    for (const stretch of stretches) {
      if (stretch.end <= begin || stretch.start >= end) continue
      if (stretch.start > from) kept.push(part(node, from - begin, stretch.start - begin))
      if (stretch.start >= begin) kept.push(markLike(node))
      from = Math.min(stretch.end, end)
    }
    if (from < end) kept.push(from === begin ? node : part(node, from - begin, length))
    at = end
  }
  return kept
}

function part(node: DocJson, start: number, end: number): DocJson {
  return node.text === undefined ? node : { ...node, text: node.text.slice(start, end) }
}

function markLike({ marks }: DocJson): DocJson {
  const looks = (marks ?? []).filter(({ type }) => type !== 'link')
  return { type: 'text', text: REMOVED_MARK, ...(looks.length > 0 && { marks: looks }) }
}

/** An address may say what the text does not. */
function withoutLinks(content: DocJson[], text: string, count: Count): DocJson[] {
  if (!content.some(({ marks }) => marks?.some((mark) => isLinkTo(mark, text)))) return content
  return content.map((node) => {
    const marks = node.marks?.filter((mark) => !isLinkTo(mark, text))
    if (!marks || marks.length === node.marks?.length) return node
    count.places += 1
    const { marks: _gone, ...bare } = node
    return marks.length > 0 ? { ...bare, marks } : bare
  })
}

function isLinkTo({ type, attrs }: NonNullable<DocJson['marks']>[number], text: string): boolean {
  const href = attrs?.href
  if (type !== 'link' || typeof href !== 'string') return false
  return findPassage(href, text).length > 0 || findPassage(decoded(href), text).length > 0
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    return href
  }
}

/** Text of the same look is one node, as ProseMirror has it. */
function joined(content: readonly DocJson[]): DocJson[] {
  const nodes: DocJson[] = []
  for (const node of content) {
    const last = nodes.at(-1)
    const isSame =
      last?.text !== undefined &&
      node.text !== undefined &&
      JSON.stringify(last.marks ?? []) === JSON.stringify(node.marks ?? [])
    if (isSame) nodes[nodes.length - 1] = { ...last, text: `${last.text}${node.text}` }
    else nodes.push(node)
  }
  return nodes
}

function redactLedger(
  ledger: Ledger,
  redactions: readonly Redaction[],
  count: Count,
): Record<string, LedgerEntry> {
  return Object.fromEntries(
    Object.entries(ledger).map(([key, entry]) => {
      const bar = key.lastIndexOf('|')
      const [unit, way] = [key.slice(0, bar), key.slice(bar + 1)]
      const [from, to] = way.split('>')
      let next = entry
      const [src, tgt] = [remembered(entry.srcText), remembered(entry.tgtText)]
      for (const { lang, units, text } of redactions) {
        if (units && !units.has(unit)) continue
        if (lang === from) {
          const srcText = src.withMarks(text, count)
          // with its hash, by which the passage could be guessed
          if (srcText !== null) next = { ...next, srcText, src: unitHash([srcText]) }
        }
        if (lang === to) {
          const tgtText = tgt.withMarks(text, count)
          if (tgtText !== null) next = { ...next, tgtText, tgt: unitHash([tgtText]) }
        }
      }
      return [key, next]
    }),
  )
}

function remembered(text: string) {
  let now = text
  let find = passagesIn(now)
  return {
    /** @returns what is left of it; null if the passage is not in it */
    withMarks(passage: string, count: Count): string | null {
      const found = find(passage)
      if (found.length === 0) return null
      count.places += found.length
      let left = ''
      let at = 0
      for (const { start, end } of found) {
        left += now.slice(at, start) + REMOVED_MARK
        at = end
      }
      now = left + now.slice(at)
      find = passagesIn(now)
      return now
    },
  }
}
