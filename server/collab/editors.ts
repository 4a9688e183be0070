import * as Y from 'yjs'
import { BODY_ROOT } from '../../shared/editor/content'
import { LANGUAGES, type Language } from '../../shared/languages'
import type { Clock } from '../ports'
import { SERVER_USER } from './persistence'

/** Who last changed a unit's text in that language, and when, as far as it is remembered. */
export type EditorOf = (unit: string, lang: Language) => { userId: string; at: Date } | undefined

/** Who last changed each text of a document since it was read; what the server changes is nobody's. */
export class Editors {
  private readonly last = new Map<string, { userId: string; at: Date }>()
  private writer: string | undefined

  constructor(
    private readonly doc: Y.Doc,
    clock: Clock,
  ) {
    // a root that nobody has asked for yet is not known to be one of text
    for (const lang of LANGUAGES) doc.getXmlFragment(BODY_ROOT[lang])
    doc.on('afterTransaction', (transaction) => {
      const userId = this.writer
      if (userId === undefined) return
      const at = clock.now()
      for (const text of textsChanged(transaction)) this.last.set(text, { userId, at })
    })
  }

  /**
   * Apply an update to the document.
   *
   * @param by who wrote it; of several, the last person is taken for the editor of all of it
   */
  apply(
    by: readonly { user: { toString(): string } }[],
    update: Uint8Array,
    origin: unknown,
  ): void {
    this.writer = by.map(({ user }) => user.toString()).findLast((user) => user !== SERVER_USER)
    try {
      Y.applyUpdate(this.doc, update, origin)
    } finally {
      this.writer = undefined
    }
  }

  /** As it is now, whatever is changed later. */
  asOfNow(): EditorOf {
    const last = new Map(this.last)
    return (unit, lang) => last.get(textKey(unit, lang))
  }
}

/** Any node of a document. */
type Node = Y.Transaction['changed'] extends Map<infer N, unknown> ? N : never

function textKey(unit: string, lang: Language): string {
  return `${lang} ${unit}`
}

/** Keys of the texts that a transaction has changed, or put there anew. */
function textsChanged(transaction: Y.Transaction): Set<string> {
  const texts = new Set<string>()
  for (const type of transaction.changed.keys()) {
    const { lang, units } = placeOf(type, transaction.doc)
    if (!lang) continue
    for (const unit of units) texts.add(textKey(unit, lang))
    if (!(type instanceof Y.XmlFragment)) continue
    // what is within something new is not among the changed
    for (const child of type.toArray()) {
      if (!isNew(child, transaction)) continue
      for (const unit of unitsWithin(child)) texts.add(textKey(unit, lang))
    }
  }
  return texts
}

/** In which language's text a node is, and within which units. */
function placeOf(node: Node, doc: Y.Doc): { lang?: Language; units: string[] } {
  const units: string[] = []
  let at: Node | null = node
  let root = node
  while (at) {
    root = at
    units.push(...unitOf(at))
    at = at.parent
  }
  const lang = LANGUAGES.find((each) => doc.share.get(BODY_ROOT[each]) === root)
  return lang ? { lang, units } : { units }
}

function unitOf(node: unknown): string[] {
  const unit: unknown = node instanceof Y.XmlElement ? node.getAttribute('unit') : undefined
  return typeof unit === 'string' ? [unit] : []
}

function unitsWithin(node: unknown): string[] {
  return node instanceof Y.XmlElement
    ? [...unitOf(node), ...node.toArray().flatMap(unitsWithin)]
    : []
}

function isNew({ _item }: Pick<Node, '_item'>, { beforeState }: Y.Transaction): boolean {
  return _item !== null && _item.id.clock >= (beforeState.get(_item.id.client) ?? 0)
}
