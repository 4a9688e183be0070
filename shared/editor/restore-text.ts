import { diffArrays } from 'diff'
import { equalityDeep } from 'lib0/function'
import type * as Y from 'yjs'

type Marks = Readonly<Record<string, unknown>>
/** Text with the same marks throughout. */
type Run = { text: string; marks: Marks }
type Edit = { retain: number; attributes?: Marks } | { insert: string; attributes: Marks } | Removal
type Removal = { delete: number }

/** Texts that differ in more words than this share only their beginning and end. */
const MAX_DIFFERENCES = 1_000

/**
 * Make a text say what it said, with its marks: words that are in both stay, with what others are
 * typing beside them.
 *
 * @returns whether anything was changed
 */
export function restoreText(live: Y.XmlText, old: Y.XmlText): boolean {
  const [now, then] = [runsOf(live), runsOf(old)]
  const edits = editsBetween(now, then)
  if (edits.every((edit) => 'retain' in edit && !edit.attributes)) return false
  live.applyDelta(edits, { sanitize: false })
  return true
}

function editsBetween(now: readonly Run[], then: readonly Run[]): Edit[] {
  const [mine, its] = [new RunReader(now), new RunReader(then)]
  const edits: Edit[] = []
  for (const { kind, length } of compare(textOf(now), textOf(then))) {
    if (kind === 'gone') {
      mine.take(length)
      edits.push({ delete: length })
    } else if (kind === 'back') {
      for (const { text, marks } of its.take(length)) {
        edits.push({ insert: text, attributes: marks })
      }
    } else edits.push(...remarks(mine.take(length), its.take(length)))
  }
  return edits
}

type Stretch = { kind: 'same' | 'gone' | 'back'; length: number }

function compare(now: string, then: string): Stretch[] {
  const [mine, its] = [wordsOf(now), wordsOf(then)]
  const changes = diffArrays(mine, its, { maxEditLength: MAX_DIFFERENCES })
  if (!changes) return compareEnds(mine, its)
  return changes.map(({ added, removed, value }) => ({
    kind: added ? 'back' : removed ? 'gone' : 'same',
    length: lengthOf(value),
  }))
}

function compareEnds(mine: readonly string[], its: readonly string[]): Stretch[] {
  const most = Math.min(mine.length, its.length)
  let start = 0
  while (start < most && mine[start] === its[start]) start += 1
  let end = 0
  while (end < most - start && mine[mine.length - 1 - end] === its[its.length - 1 - end]) end += 1
  const middle = (words: readonly string[]) => lengthOf(words.slice(start, words.length - end))
  const stretches: Stretch[] = [
    { kind: 'same', length: lengthOf(mine.slice(0, start)) },
    { kind: 'gone', length: middle(mine) },
    { kind: 'back', length: middle(its) },
    { kind: 'same', length: lengthOf(mine.slice(mine.length - end)) },
  ]
  return stretches.filter(({ length }) => length > 0)
}

/** Whole characters, so that no edit falls between the halves of one. */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}]+|\s+|./gsu) ?? []
}

function lengthOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0)
}

/** The text is the same; where its marks are not, they are put right. */
function remarks(now: readonly Run[], then: readonly Run[]): Edit[] {
  const [mine, its] = [new RunReader(now), new RunReader(then)]
  const edits: Edit[] = []
  for (;;) {
    const length = Math.min(mine.left, its.left)
    if (length === 0) return edits
    const [a] = mine.take(length)
    const [b] = its.take(length)
    const attributes = changeOf(a?.marks ?? {}, b?.marks ?? {})
    edits.push(attributes ? { retain: length, attributes } : { retain: length })
  }
}

function changeOf(now: Marks, then: Marks): Marks | undefined {
  const change: Record<string, unknown> = {}
  for (const name of Object.keys(now)) if (!(name in then)) change[name] = null
  for (const [name, value] of Object.entries(then)) {
    if (!equalityDeep(now[name], value)) change[name] = value
  }
  return Object.keys(change).length > 0 ? change : undefined
}

/** Reads runs by length; a run that is longer is cut. */
class RunReader {
  private run = 0
  private at = 0

  constructor(private readonly runs: readonly Run[]) {}

  /** Of the run it stands in. */
  get left(): number {
    return (this.runs[this.run]?.text.length ?? 0) - this.at
  }

  take(length: number): Run[] {
    const taken: Run[] = []
    for (let open = length; open > 0; ) {
      const run = this.runs[this.run]
      if (!run) break
      const part = Math.min(open, this.left)
      taken.push({ text: run.text.slice(this.at, this.at + part), marks: run.marks })
      open -= part
      this.at += part
      if (this.at < run.text.length) continue
      this.run += 1
      this.at = 0
    }
    return taken
  }
}

type Delta = { insert?: unknown; attributes?: Record<string, unknown> }

/** A protocol's texts hold nothing but text. */
function runsOf(text: Y.XmlText): Run[] {
  const delta: Delta[] = text.toDelta()
  return delta.flatMap(({ insert, attributes }) =>
    typeof insert === 'string' && insert !== '' ? [{ text: insert, marks: attributes ?? {} }] : [],
  )
}

function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('')
}
