import { Fragment, type Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { type Language, otherLanguage } from '../languages'
import type { UnitStatus } from './alignment'
import { isTextblock } from './grammar-shape'
import { unitHash } from './unit-hash'

/** Paragraphs that were joined in one language and can follow that in the other. */
export type JoinOffer = {
  /** The language in which they still stand apart. */
  lang: Language
  /** The unit that stayed, and the one that was joined to it. */
  survivor: string
  extra: string
}

/** What merging does to the body: its own stretch, and the words that go into the survivor. */
export type Merge = {
  from: number
  to: number
  /** End of the survivor's text. */
  end: number
  /** Whole nodes that go. */
  remove: { from: number; to: number }
  words: Fragment
}

/**
 * Is an `extra` unit the trace of a join? It is when the unit in front of it says, in the language that
 * lost it, just what both said when they were marked. A join leaves the texts without a space between
 * them until somebody types one, so both forms count.
 *
 * @param order units of the language that still has both, in its order
 */
export function joinOffer(
  statuses: readonly UnitStatus[],
  order: readonly string[],
  extra: string,
): JoinOffer | null {
  const gone = statuses.find(({ unit }) => unit === extra)
  const survivor = order[order.indexOf(extra) - 1]
  const kept = statuses.find(({ unit }) => unit === survivor)
  const joinedIn = gone?.missingIn
  if (!gone || !kept || !joinedIn || gone.state !== 'extra' || survivor === undefined) return null
  const lang = otherLanguage(joinedIn)
  if (kept.hash[lang] === null || kept.hash[joinedIn] === null) return null

  const front = markedText(kept, joinedIn)
  const back = markedText(gone, joinedIn)
  if (front === undefined || back === undefined) return null
  const joins = [unitHash([front, back]), unitHash([front + back])]
  return joins.includes(kept.hash[joinedIn]) ? { lang, survivor, extra } : null
}

/** What a unit said in one language when it was last marked. */
function markedText({ entry, from }: UnitStatus, lang: Language): string | undefined {
  return from === lang ? entry?.srcText : entry?.tgtText
}

/**
 * How to merge two units' blocks in one body.
 *
 * @returns null where they cannot be one paragraph: in a table, in several pieces apart, or where
 *   something else hangs on the paragraph that would go
 */
export function planMerge(doc: Node, { survivor, extra }: JoinOffer): Merge | null {
  const kept = blocksOf(doc, survivor).at(-1)
  const gone = blocksOf(doc, extra)
  const [only] = gone
  if (!kept || !only || gone.length > 1 || only.pos < kept.pos + kept.node.nodeSize) return null

  const $pos = doc.resolve(only.pos)
  const around = [...pathOf(doc, only.pos), ...pathOf(doc, kept.pos)]
  if (around.includes('table')) return null
  // an item or list that holds nothing else goes with its paragraph
  let depth = $pos.depth
  while (depth > 0 && $pos.node(depth).childCount === 1) depth--
  const index = $pos.index(depth)
  if (!$pos.node(depth).canReplace(index, index + 1)) return null
  const from = depth === $pos.depth ? only.pos : $pos.before(depth + 1)
  const child = $pos.node(depth).child(index)

  const end = kept.pos + 1 + kept.node.content.size
  const spaced = kept.node.textContent === '' || /\s$/.test(kept.node.textContent)
  const space = spaced ? Fragment.empty : Fragment.from(doc.type.schema.text(' '))
  return {
    from: kept.pos,
    to: only.pos + only.node.nodeSize,
    end,
    remove: { from, to: from + child.nodeSize },
    words: space.append(only.node.content),
  }
}

/** Carry a merge out as one edit. */
export function applyMerge(state: EditorState, { remove, end, words }: Merge): Transaction {
  // the survivor stands in front, so its end stays where it is
  return state.tr.delete(remove.from, remove.to).insert(end, words)
}

function blocksOf(doc: Node, unit: string) {
  const blocks: { node: Node; pos: number }[] = []
  doc.descendants((node, pos) => {
    if (!isTextblock(node.type.name)) return true
    if (node.attrs.unit === unit) blocks.push({ node, pos })
    return false
  })
  return blocks
}

function pathOf(doc: Node, pos: number): string[] {
  const $pos = doc.resolve(pos)
  return Array.from({ length: $pos.depth + 1 }, (_, depth) => $pos.node(depth).type.name)
}
