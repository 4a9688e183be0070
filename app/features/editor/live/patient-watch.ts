import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import type { Transaction } from '@tiptap/pm/state'
import { LANGUAGES, type Language } from '../../../../shared/languages'
import type { Finding, Replacement } from '../../../../shared/patient-data'

type Editors = Record<Language, Editor>

/** A block of the text that somebody at this page has written in, and what was found there. */
export type SuspectBlock = {
  lang: Language
  uid: string
  unit: string | null
  text: string
  found: Finding[]
}

/** How long nothing is typed before the text is looked through, ms. */
const PAUSE_MS = 900
/** Changes that came from others, or from undoing, say so under this name. */
const SYNC = 'y-sync$'
/** Name of the highlight in the style sheet. */
const HIGHLIGHT = 'patient-data'

/**
 * Looks through the blocks that are written in here, after a pause. Touches neither the document nor
 * what is drawn of it: pieces are marked by the browser's own highlights, where it has them.
 */
export class PatientWatch {
  readonly #editors: Editors
  readonly #find: (text: string) => Finding[]
  readonly #tell: (suspect: SuspectBlock | null) => void
  /** Blocks written in, by language and uid. */
  readonly #written = new Set<string>()
  /** Texts that their writer has decided to leave. */
  readonly #left = new Set<string>()
  /** Blocks are the same object as long as they are the same. */
  readonly #known = new WeakMap<Node, Finding[]>()
  readonly #ends: (() => void)[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #told: SuspectBlock | null = null

  constructor(
    editors: Editors,
    find: (text: string) => Finding[],
    tell: (suspect: SuspectBlock | null) => void,
  ) {
    this.#editors = editors
    this.#find = find
    this.#tell = tell
    for (const lang of LANGUAGES) {
      const hear = ({ transaction }: { transaction: Transaction }) => this.#hear(lang, transaction)
      editors[lang].on('transaction', hear)
      this.#ends.push(() => editors[lang].off('transaction', hear))
      // what was typed while this was on its way
      if (editors[lang].isFocused) this.#note(lang, editors[lang].state.selection.$head.parent)
    }
    this.#later()
  }

  leave({ found, text }: SuspectBlock): void {
    for (const { from, to } of found) this.#left.add(text.slice(from, to))
    this.#look()
  }

  /** Ordinary edits in the block, if it still reads as it did; others write in it too. */
  replace({ lang, uid, text }: SuspectBlock, steps: readonly Replacement[]): boolean {
    const editor = this.#editors[lang]
    const at = blockAt(editor.state.doc, uid)
    if (!at || textOf(at.node) !== text) return false
    const { tr } = editor.state
    for (const step of [...steps].reverse()) {
      tr.insertText(step.text, at.pos + 1 + step.from, at.pos + 1 + step.to)
    }
    editor.view.dispatch(tr)
    editor.commands.focus()
    this.#look()
    return true
  }

  destroy(): void {
    clearTimeout(this.#timer)
    for (const end of this.#ends) end()
    highlights()?.delete(HIGHLIGHT)
  }

  #hear(lang: Language, tr: Transaction): void {
    if (!tr.docChanged) return
    if (!tr.getMeta(SYNC)) {
      for (const map of tr.mapping.maps) {
        map.forEach((_from, _to, from, to) => {
          const end = Math.min(to, tr.doc.content.size)
          tr.doc.nodesBetween(Math.min(from, end), end, (node) => this.#note(lang, node))
        })
      }
      this.#note(lang, tr.selection.$head.parent)
    }
    this.#later()
  }

  #note(lang: Language, node: Node): void {
    if (node.isTextblock && typeof node.attrs.uid === 'string') {
      this.#written.add(`${lang} ${node.attrs.uid}`)
    }
  }

  #later(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#look(), PAUSE_MS)
  }

  #look(): void {
    const suspects = LANGUAGES.flatMap((lang) => this.#suspectsOf(lang))
    const next = suspects.at(-1) ?? null
    highlight(suspects.map(({ lang, pos, found }) => ({ editor: this.#editors[lang], pos, found })))
    if (sameAs(next, this.#told)) return
    this.#told = next
    this.#tell(next)
  }

  #suspectsOf(lang: Language): (SuspectBlock & { pos: number })[] {
    const all: (SuspectBlock & { pos: number })[] = []
    this.#editors[lang].state.doc.descendants((node, pos) => {
      if (!node.isTextblock) return true
      const { uid, unit } = node.attrs
      if (typeof uid !== 'string' || !this.#written.has(`${lang} ${uid}`)) return false
      const text = textOf(node)
      const known = this.#known.get(node) ?? this.#find(text)
      this.#known.set(node, known)
      const found = known.filter(({ from, to }) => !this.#left.has(text.slice(from, to)))
      if (found.length > 0) {
        all.push({ lang, uid, unit: typeof unit === 'string' ? unit : null, text, found, pos })
      }
      return false
    })
    return all
  }
}

/** One character for whatever is no text, so that places in it are places in the block. */
function textOf(node: Node): string {
  return node.textBetween(0, node.content.size, '\n', '\n')
}

function blockAt(doc: Node, uid: string): { node: Node; pos: number } | undefined {
  let at: { node: Node; pos: number } | undefined
  doc.descendants((node, pos) => {
    if (node.isTextblock && node.attrs.uid === uid) at = { node, pos }
    return at === undefined
  })
  return at
}

function sameAs(one: SuspectBlock | null, other: SuspectBlock | null): boolean {
  return (
    one?.uid === other?.uid &&
    one?.text === other?.text &&
    one?.found.length === other?.found.length
  )
}

/** Not in every browser. */
function highlights(): HighlightRegistry | undefined {
  return 'highlights' in CSS ? CSS.highlights : undefined
}

function highlight(
  at: readonly { editor: Editor; pos: number; found: readonly Finding[] }[],
): void {
  const registry = highlights()
  if (!registry) return
  const ranges = at.flatMap(({ editor, pos, found }) =>
    found.flatMap(({ pieces }) =>
      pieces.map(({ from, to }) => {
        const [start, end] = [from, to].map((offset) => editor.view.domAtPos(pos + 1 + offset))
        const range = document.createRange()
        if (start) range.setStart(start.node, start.offset)
        if (end) range.setEnd(end.node, end.offset)
        return range
      }),
    ),
  )
  registry.set(HIGHLIGHT, new Highlight(...ranges))
}
