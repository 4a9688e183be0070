import * as Y from 'yjs'
import { BODY_ROOT } from '../../shared/editor/content'

/**
 * What the virtual users did, and what became known of it. A user's journal is paragraph text: each
 * insertion is a token that no other operation has, such as ⟦u3:17⟧; deletions and formats are of
 * one's own earlier tokens.
 */
export type Op = {
  kind: 'insert' | 'delete' | 'format'
  token: string
  /** The author's Yjs client, and its clock after the operation: deletions move no clock. */
  client: number
  end: number
  /** Of the first character of the token, whoever's client it was. */
  first: Y.ID
  sent: boolean
  acked: boolean
  seenBy: string | null
  /** The only document that held it is gone: whether it is stored is nobody's promise. */
  orphaned: boolean
}

/** Somebody was told, or shown, that it is there. */
export const isPromised = ({ acked, seenBy }: Op) => acked || seenBy !== null

export const TOKEN = /⟦[^⟦⟧]*⟧/g

/** Everything done in one room. */
export class Journal {
  readonly ops: Op[] = []
  /** Insertions and formats of each client, in the order of their clocks. */
  private readonly ofClient = new Map<number, Op[]>()
  private readonly deletions = new Map<number, Op[]>()
  /** Tokens that somebody began to delete: they may be missing. */
  readonly doomed = new Set<string>()

  add(op: Op): void {
    this.ops.push(op)
    if (op.kind === 'delete') {
      this.doomed.add(op.token)
      pushTo(this.deletions, op.first.client, op)
    } else pushTo(this.ofClient, op.client, op)
  }

  /** Another person's document has taken in what `transaction` brought. */
  noteSeen(transaction: Y.Transaction, who: string): void {
    for (const [client, after] of transaction.afterState) {
      const before = transaction.beforeState.get(client) ?? 0
      if (after === before) continue
      for (const op of this.ofClient.get(client) ?? []) {
        if (op.end > before && op.end <= after) op.seenBy ??= who
      }
    }
    for (const [client, ranges] of transaction.deleteSet.clients) {
      for (const op of this.deletions.get(client) ?? []) {
        const { clock } = op.first
        if (ranges.some((range) => clock >= range.clock && clock < range.clock + range.len)) {
          op.seenBy ??= who
        }
      }
    }
  }

  get counts() {
    const { ops } = this
    return {
      sent: ops.filter((op) => op.sent || isPromised(op)).length,
      acked: ops.filter(({ acked }) => acked).length,
      seen: ops.filter(({ seenBy }) => seenBy !== null).length,
    }
  }
}

function pushTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

/** The texts of both bodies, in order. */
export function textsOf(doc: Y.Doc): Y.XmlText[] {
  const found: Y.XmlText[] = []
  const visit = (node: unknown): void => {
    if (node instanceof Y.XmlText) found.push(node)
    else if (node instanceof Y.XmlElement) for (const child of node.toArray()) visit(child)
  }
  for (const root of Object.values(BODY_ROOT)) {
    for (const child of doc.getXmlFragment(root).toArray()) visit(child)
  }
  return found
}

/** Without formats; positions in it are positions in the text. */
export function plainOf(text: Y.XmlText): string {
  let plain = ''
  for (let item = text._start; item; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) plain += item.content.str
  }
  return plain
}

/** The id of the character at a position. */
export function idAt(text: Y.XmlText, index: number): Y.ID {
  let left = index
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    if (left < item.length) return Y.createID(item.id.client, item.id.clock + left)
    left -= item.length
  }
  throw new Error('no character there')
}
