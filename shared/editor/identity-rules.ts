import type { Node } from '@tiptap/pm/model'
import type { Mapping } from '@tiptap/pm/transform'
import type { NewBlockId } from './block-id'
import { isTextblock } from './grammar-shape'

/** A paragraph-like node where it stands in a ProseMirror document. */
export type PlacedBlock = {
  pos: number
  /** Of its content. */
  size: number
  uid: string | null
  unit: string | null
}

/** Ids that a block is to get. */
export type Assignment = { pos: number; uid: string; unit: string }

/** One local change of a document, as the rules need to see it. */
export type Change = {
  before: readonly PlacedBlock[]
  after: readonly PlacedBlock[]
  mapping: Mapping
  /** It came by paste or drop: ids may be those of another document or of the other language. */
  pasted: boolean
  /** Was that block taken out of this document here before, so that it may come back as itself? */
  wasCut: (uid: string, unit: string) => boolean
}

/** All blocks of a document that can carry ids, in order. */
export function placedBlocks(doc: Node): PlacedBlock[] {
  const blocks: PlacedBlock[] = []
  doc.descendants((node, pos) => {
    if (!isTextblock(node.type.name)) return true
    const { uid, unit } = node.attrs
    blocks.push({ pos, size: node.content.size, uid: idOf(uid), unit: idOf(unit) })
    return false
  })
  return blocks
}

const idOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null)

/**
 * Which blocks need ids after a local change, by the structure rules (docs/bilingual-document.md):
 * the half of a split that holds the beginning stays itself, the other half is a new block of the same
 * unit; an empty block made by Enter is a new unit; a copy is a new unit; what moves stays itself.
 *
 * What was wrong before the change stays as it is: the server repairs that, once for everybody.
 */
export function assignIds(change: Change, newId: NewBlockId): Assignment[] {
  const { before, after, mapping } = change
  if (sameIds(before, after)) return []

  const sources = findSources(before, after, mapping)
  const byUid = groupByUid(after)
  const oldUids = new Set(before.map((block) => block.uid))
  const assignments: Assignment[] = []

  for (const block of after) {
    const source = sources.get(block)
    if (!needsIds(block, source)) continue
    const given = { pos: block.pos, uid: newId(), unit: newId() }
    if (source?.isFirst && source.block.uid && !byUid.has(source.block.uid)) {
      // Its node was replaced (pasted over, turned into another kind); the block is still that one.
      given.uid = source.block.uid
      given.unit = source.block.unit ?? given.unit
    } else if (source?.holdsText) {
      given.unit = block.unit ?? source.block.unit ?? given.unit
    } else if (block.uid === null && block.unit !== null && !change.pasted) {
      // Put there on purpose as the counterpart of another block.
      given.unit = block.unit
    }
    assignments.push(given)
  }
  return assignments

  function needsIds(block: PlacedBlock, source: Source | undefined): boolean {
    if (block.uid === null) return source?.block.uid !== null
    const keeper = keeperOf(byUid.get(block.uid) ?? [], sources)
    if (keeper !== block && !isItself(block, source)) return true
    if (change.pasted && !oldUids.has(block.uid)) {
      return !change.wasCut(block.uid, block.unit ?? '')
    }
    return false
  }
}

/** Most changes are typing: the same blocks in the same order, each with its ids. */
function sameIds(before: readonly PlacedBlock[], after: readonly PlacedBlock[]): boolean {
  return (
    before.length === after.length &&
    before.every((old, index) => {
      const now = after[index]
      return now !== undefined && old.uid === now.uid && old.unit === now.unit
    })
  )
}

/** The block that another one was before the change, wholly or in part. */
type Source = {
  block: PlacedBlock
  /** Text of the old block stands in the new one; else only its place is the same. */
  holdsText: boolean
  /** The first of the new blocks that hold its text, or the one in its place when none does. */
  isFirst: boolean
}
type Sources = ReadonlyMap<PlacedBlock, Source>

function findSources(
  before: readonly PlacedBlock[],
  after: readonly PlacedBlock[],
  mapping: Mapping,
): Sources {
  const sources = new Map<PlacedBlock, Source>()
  const continued = new Set<PlacedBlock>()
  const back = mapping.invert()
  for (const block of after) {
    const from = back.map(block.pos + 1, 1)
    const to = back.map(block.pos + 1 + block.size, -1)
    const old = from < to ? overlapping(before, from, to) : undefined
    if (!old) continue
    sources.set(block, { block: old, holdsText: true, isFirst: !continued.has(old) })
    continued.add(old)
  }
  const byPlace = new Map(after.map((block) => [block.pos, block]))
  for (const old of before) {
    const block = byPlace.get(mapping.map(old.pos, 1))
    if (!block || sources.has(block)) continue
    sources.set(block, { block: old, holdsText: false, isFirst: !continued.has(old) })
  }
  return sources
}

/** The first old block with text between two positions; blocks are in order and do not overlap. */
function overlapping(blocks: readonly PlacedBlock[], from: number, to: number) {
  let low = 0
  let high = blocks.length
  while (low < high) {
    const middle = (low + high) >> 1
    const block = blocks[middle]
    if (block && block.pos + 1 + block.size <= from) low = middle + 1
    else high = middle
  }
  const found = blocks[low]
  return found && found.pos + 1 < to ? found : undefined
}

/** A block that carries the uid it carried before the change, and first among what became of it. */
function isItself(block: PlacedBlock, source: Source | undefined): boolean {
  return source?.isFirst === true && source.block.uid === block.uid
}

/** Of several blocks with one uid, the one that was it before; of strangers the first. */
function keeperOf(same: readonly PlacedBlock[], sources: Sources): PlacedBlock | undefined {
  return same.find((block) => isItself(block, sources.get(block))) ?? same[0]
}

function groupByUid(blocks: readonly PlacedBlock[]): Map<string, PlacedBlock[]> {
  const groups = new Map<string, PlacedBlock[]>()
  for (const block of blocks) {
    if (block.uid === null) continue
    const group = groups.get(block.uid)
    if (group) group.push(block)
    else groups.set(block.uid, [block])
  }
  return groups
}
