import * as Y from 'yjs'
import { LANGUAGES } from '../languages'
import { type NewBlockId, newBlockId } from './block-id'
import { BODY_ROOT } from './content'
import { CHILDREN_OF, isContainer, isTextblock } from './grammar-shape'
import { evenRows } from './repair-tables'
import { removeTwins } from './repair-twins'

/**
 * Put right what valid edits of several people have broken together: containers without content, uneven
 * table rows, doubled or missing ids, an empty body. The server alone calls it, as its own client of the
 * document: were every browser to repair, each would add its own repair to the others'.
 *
 * A second call finds nothing to do. Units of a doubled `uid` stay, so that people see the group that
 * came of it; only blocks that are the same in everything are taken out (see `removeTwins`).
 *
 * @param newId for the ids that are given
 * @returns whether anything was changed
 */
export function repair(doc: Y.Doc, newId: NewBlockId = newBlockId): boolean {
  return doc.transact(() => {
    let changed = false
    for (const lang of LANGUAGES) {
      changed = repairBody(doc.getXmlFragment(BODY_ROOT[lang]), newId) || changed
    }
    return changed
  })
}

function repairBody(body: Y.XmlFragment, newId: NewBlockId): boolean {
  const results = [
    removeTwins(body),
    fitChildren(body, 'doc'),
    evenRows(body),
    fillIfEmpty(body),
    giveIds(body, newId),
  ]
  return results.some(Boolean)
}

function fillIfEmpty(parent: Y.XmlFragment): boolean {
  if (parent.length > 0) return false
  parent.insert(0, [new Y.XmlElement('paragraph')])
  return true
}

/** From the innermost outwards, so that a list that loses its last item goes with it. */
function fitChildren(parent: Y.XmlFragment, type: string): boolean {
  const allowed = CHILDREN_OF[type] ?? []
  let changed = false
  for (let index = parent.length - 1; index >= 0; index--) {
    const child: unknown = parent.get(index)
    if (child instanceof Y.XmlText) {
      if (isTextblock(type)) continue
      replaceStrayText(parent, index, child, allowed.includes('paragraph'))
      changed = true
    } else if (!(child instanceof Y.XmlElement) || !allowed.includes(child.nodeName)) {
      parent.delete(index, 1)
      changed = true
    } else {
      changed = fitChildren(child, child.nodeName) || changed
      if (isContainer(child.nodeName) && child.length === 0) {
        // A table's cell must stay or the row would be short; anything else says nothing any more.
        if (child.nodeName === 'tableCell' || child.nodeName === 'tableHeader') fillIfEmpty(child)
        else parent.delete(index, 1)
        changed = true
      }
    }
  }
  if (type === 'listItem' && parent.length > 0) {
    const first: unknown = parent.get(0)
    if (!(first instanceof Y.XmlElement) || first.nodeName !== 'paragraph') {
      parent.insert(0, [new Y.XmlElement('paragraph')])
      changed = true
    }
  }
  return changed
}

/** Text directly in a container is kept as a paragraph where one may stand. */
function replaceStrayText(parent: Y.XmlFragment, index: number, text: Y.XmlText, keep: boolean) {
  const delta: unknown[] = text.toDelta()
  parent.delete(index, 1)
  if (!keep || delta.length === 0) return
  const paragraph = new Y.XmlElement('paragraph')
  const copy = new Y.XmlText()
  copy.applyDelta(delta)
  paragraph.insert(0, [copy])
  parent.insert(index, [paragraph])
}

/** The first block with a `uid` keeps it, every later one gets another; no block stays without ids. */
function giveIds(body: Y.XmlFragment, newId: NewBlockId): boolean {
  const seen = new Set<string>()
  let changed = false
  const visit = (parent: Y.XmlFragment) => {
    for (const child of parent.toArray()) {
      if (!(child instanceof Y.XmlElement)) continue
      if (!isTextblock(child.nodeName)) {
        visit(child)
        continue
      }
      const uid = child.getAttribute('uid')
      if (typeof uid !== 'string' || uid === '' || seen.has(uid)) {
        child.setAttribute('uid', newId())
        changed = true
      } else seen.add(uid)
      const unit = child.getAttribute('unit')
      if (typeof unit !== 'string' || unit === '') {
        child.setAttribute('unit', newId())
        changed = true
      }
    }
  }
  visit(body)
  return changed
}
