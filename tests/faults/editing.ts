import * as Y from 'yjs'
import { idAt, type Journal, type Op, plainOf, textsOf } from './journal'
import type { Random } from './random'

/** One of one's own tokens that still stands. */
type Own = { token: string }

/** A person who writes, deletes and formats in shared paragraphs, and puts it into the journal. */
export class Writer {
  private written: Own[] = []
  private count = 0

  constructor(
    readonly name: string,
    private readonly journal: Journal,
    private readonly random: Random,
  ) {}

  /**
   * @param origin of the transaction
   * @returns undefined if nothing came of it: the document is not here yet, or was so already
   */
  edit(doc: Y.Doc, origin: unknown): Op | undefined {
    let isChanged = false
    const note = () => {
      isChanged = true
    }
    doc.on('update', note)
    const op = this.act(doc, origin)
    doc.off('update', note)
    if (op && isChanged) this.journal.add(op)
    return isChanged ? op : undefined
  }

  private act(doc: Y.Doc, origin: unknown): Op | undefined {
    const texts = textsOf(doc)
    if (texts.length === 0) return undefined
    const dice = this.random.next()
    if (dice > 0.25 || this.written.length === 0) return this.insert(doc, texts, origin)
    const own = this.random.pick(this.written)
    const text = texts.find((each) => plainOf(each).includes(own.token))
    if (!text) return this.insert(doc, texts, origin)
    return this.change(doc, text, own, dice < 0.12 ? 'delete' : 'format', origin)
  }

  /** The document is gone; what was written in it may be there or not. */
  forget(): void {
    this.written = []
  }

  private insert(doc: Y.Doc, texts: readonly Y.XmlText[], origin: unknown): Op {
    const text = this.random.pick(texts)
    const token = `⟦${this.name}:${++this.count}⟧`
    const index = outsideTokens(plainOf(text), this.random)
    doc.transact(() => text.insert(index, token), origin)
    this.written.push({ token })
    return this.note(doc, { kind: 'insert', token, first: idAt(text, index) })
  }

  private change(
    doc: Y.Doc,
    text: Y.XmlText,
    own: Own,
    kind: 'delete' | 'format',
    origin: unknown,
  ): Op {
    const index = plainOf(text).indexOf(own.token)
    const first = idAt(text, index)
    doc.transact(() => {
      if (kind === 'delete') text.delete(index, own.token.length)
      else text.format(index, own.token.length, { bold: this.random.chance(0.7) ? {} : null })
    }, origin)
    if (kind === 'delete') this.written = this.written.filter((each) => each !== own)
    return this.note(doc, { kind, token: own.token, first })
  }

  private note(doc: Y.Doc, done: Pick<Op, 'kind' | 'token' | 'first'>): Op {
    const client = doc.clientID
    const end = Y.getState(doc.store, client)
    const fresh = { sent: false, acked: false, seenBy: null, orphaned: false }
    return { ...done, client, end, ...fresh }
  }
}

/** A place where no token is torn apart. */
function outsideTokens(plain: string, random: Random): number {
  const index = random.int(0, plain.length)
  const begun = plain.lastIndexOf('⟦', index - 1)
  const ended = plain.indexOf('⟧', begun)
  return index > 0 && begun >= 0 && ended >= index ? ended + 1 : index
}
