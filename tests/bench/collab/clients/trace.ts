import * as Y from 'yjs'
import { BODY_ROOT } from '../../../../shared/editor/content'
import { firstContent } from '../seed'
import { randomOf } from './random'
import { letter } from './typing'

/** The size of the editing trace that Yjs servers are usually measured with: a paper, typed by one person. */
const OPERATIONS = 259_778
const UPDATES = 25_978
const DELETIONS = 77_463
/** Characters typed, or deleted, before one does something else; and how often one then goes elsewhere. */
const TYPED_RUN = 36
const DELETED_RUN = 20
const JUMPS = 0.15
const AUTHOR = 777_777_777

export type Trace = {
  /** First content, seeded. */
  seed: Uint8Array
  updates: Uint8Array[]
  author: number
  /** Of the author, when all is there. */
  clock: number
  text: string
  /** The whole state without what was deleted, bytes. */
  stateBytes: number
}

/**
 * A paper as one types it: in runs, with corrections, going back and forth; one character at a time,
 * ten to an update. Always the same for the same size.
 *
 * @param share of the full size
 */
export function writeTrace(share = 1): Trace {
  const random = randomOf(4)
  const seed = firstContent(Math.ceil(120 * share))
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seed)
  doc.clientID = AUTHOR
  const texts = doc
    .getXmlFragment(BODY_ROOT.en)
    .toArray()
    .flatMap((block) => (block instanceof Y.XmlElement ? block.toArray() : []))
    .filter((text) => text instanceof Y.XmlText)
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))

  const operations = Math.round(OPERATIONS * share)
  let deletionsLeft = Math.round(DELETIONS * share)
  let at = 0
  let offset = 0
  let run = 0
  let isDeleting = false
  const jump = () => {
    const isFar = random() < 0.25
    if (isFar) at = Math.floor(random() * texts.length)
    const length = texts[at]?.length ?? 0
    const near = offset + Math.floor((random() - 0.5) * 120)
    offset = Math.max(0, Math.min(length, isFar ? Math.floor(random() * length) : near))
  }
  const one = (n: number) => {
    const text = texts[at]
    if (!text) return
    if (run <= 0) {
      const share = deletionsLeft / (operations - n)
      const odds = (share / (1 - share)) * (TYPED_RUN / DELETED_RUN)
      isDeleting = !isDeleting && random() < odds
      run = 1 + Math.floor(-Math.log(1 - random()) * (isDeleting ? DELETED_RUN : TYPED_RUN))
      if (random() < JUMPS) jump()
    }
    run -= 1
    if (isDeleting && offset > 0 && deletionsLeft > 0) {
      offset -= 1
      deletionsLeft -= 1
      text.delete(offset, 1)
    } else {
      text.insert(offset, letter(n))
      offset += 1
    }
  }
  for (let n = 0; n < operations; ) {
    const until = Math.min(
      operations,
      Math.round((operations * (updates.length + 1)) / (UPDATES * share)),
    )
    doc.transact(() => {
      for (; n < until; n++) one(n)
    })
  }
  return {
    seed,
    updates,
    author: AUTHOR,
    clock: Y.getState(doc.store, AUTHOR),
    text: texts.map(String).join('\n'),
    stateBytes: Y.encodeStateAsUpdate(doc).length,
  }
}
