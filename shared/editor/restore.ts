import { equalityDeep } from 'lib0/function'
import * as Y from 'yjs'
import { LANGUAGES } from '../languages'
import { BODY_ROOT } from './content'
import { type Pair, pairInOrder } from './restore-pairs'
import { restoreText } from './restore-text'

/**
 * Make both bodies say what they said in an older state, by new edits: blocks that are still there keep
 * what others are typing into them, what is gone comes back with its `uid`, what has come since goes.
 * The state itself is never put in place of the document's: everybody who has it open would see
 * the text twice. Ledger and metadata stay, so that drift shows where a translation no longer fits.
 *
 * A second call finds nothing to do.
 *
 * @param wanted the older state, version 1 of the encoding
 * @returns whether anything was changed
 */
export function restoreContent(doc: Y.Doc, wanted: Uint8Array): boolean {
  const old = new Y.Doc()
  try {
    Y.applyUpdate(old, wanted)
    return doc.transact(() =>
      LANGUAGES.map((lang) => {
        const root = BODY_ROOT[lang]
        return restoreChildren(doc.getXmlFragment(root), old.getXmlFragment(root))
      }).some(Boolean),
    )
  } finally {
    old.destroy()
  }
}

/** An `XmlElement` is one too. */
type Parent = Y.XmlFragment
type Child = Y.XmlElement | Y.XmlText

function restoreChildren(live: Parent, old: Parent): boolean {
  const [now, then] = [childrenOf(live), childrenOf(old)]
  const pairs = pairInOrder(now, then)
  const kept = new Set(pairs.map(([i]) => i))
  let changed = removeOthers(live, now.length, kept)
  // From here on the live children are the kept ones, in the order of `pairs`.
  let [done, index] = [0, 0]
  for (const [i, j] of [...pairs, [now.length, then.length] satisfies Pair]) {
    const back = then.slice(done, j).map(copyOf)
    if (back.length > 0) {
      live.insert(index, back)
      changed = true
    }
    const [mine, its] = [now[i], then[j]]
    if (mine && its) changed = restoreChild(mine, its) || changed
    index += back.length + 1
    done = j + 1
  }
  return changed
}

/** From the end, in runs: what stands side by side goes in one deletion. */
function removeOthers(live: Parent, count: number, kept: ReadonlySet<number>): boolean {
  let end = count
  while (end > 0) {
    let start = end
    while (start > 0 && !kept.has(start - 1)) start -= 1
    if (start < end) live.delete(start, end - start)
    end = start - 1
  }
  return kept.size < count
}

function restoreChild(live: Child, old: Child): boolean {
  if (live instanceof Y.XmlText) return old instanceof Y.XmlText && restoreText(live, old)
  if (!(old instanceof Y.XmlElement)) return false
  const changed = restoreAttributes(live, old)
  return restoreChildren(live, old) || changed
}

/** Yjs takes attributes for strings; the editor's binding writes numbers and lists as what they are. */
type TakesValues = { setAttribute(name: string, value: unknown): void }

function restoreAttributes(live: Y.XmlElement, old: Y.XmlElement): boolean {
  const [now, then] = [attributesOf(live), attributesOf(old)]
  let changed = false
  for (const name of now.keys()) {
    if (then.has(name)) continue
    live.removeAttribute(name)
    changed = true
  }
  const takes: TakesValues = live
  for (const [name, value] of then) {
    if (now.has(name) && equalityDeep(now.get(name), value)) continue
    takes.setAttribute(name, value)
    changed = true
  }
  return changed
}

/** `clone` of Yjs leaves out every attribute that is not a string. */
function copyOf(old: Child): Child {
  if (old instanceof Y.XmlText) {
    const text = new Y.XmlText()
    text.applyDelta(old.toDelta(), { sanitize: false })
    return text
  }
  const element = new Y.XmlElement(old.nodeName)
  const takes: TakesValues = element
  for (const [name, value] of attributesOf(old)) takes.setAttribute(name, value)
  element.insert(0, childrenOf(old).map(copyOf))
  return element
}

function attributesOf(element: Y.XmlElement): Map<string, unknown> {
  const attributes = Object.entries<unknown>(element.getAttributes())
  return new Map(attributes.filter(([, value]) => value !== undefined))
}

/** A protocol has nothing else below its bodies; the grammar gate sees to it. */
function childrenOf(parent: Parent): Child[] {
  return parent
    .toArray()
    .filter((child) => child instanceof Y.XmlElement || child instanceof Y.XmlText)
}
