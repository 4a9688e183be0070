import { Editor, Extension } from '@tiptap/core'
import { Collaboration } from '@tiptap/extension-collaboration'
import { Plugin } from '@tiptap/pm/state'
import { initProseMirrorDoc, type ySyncPlugin } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { BODY_ROOT } from '../../../../shared/editor/content'
import { UnitIdentity, type UnitIdentityOptions } from '../../../../shared/editor/identity'
import { grammarExtensions } from '../../../../shared/editor/schema'
import type { Language } from '../../../../shared/languages'
import { RowRoom } from '../seam/row-room'
import { Carets, silentAwareness } from './caret'
import { type KeyHandlers, Keys } from './keys'

type Setup = {
  lang: Language
  doc: Y.Doc
  awareness: Awareness
  element: HTMLElement
  /** May the person change the text? */
  write: boolean
  /** May the person's caret be seen? */
  cursor: boolean
  /** Accessible name of the text, e.g. "English text of the protocol". */
  label: string
  /** Id of the hint that says how to leave the text by keyboard. */
  hintId: string
  mayMove: UnitIdentityOptions['mayMove']
  onDone: KeyHandlers['onDone']
  onDamage: () => void
}

/** What assistive technology is told of a text. A plugin, because the editor's own option is not merged. */
const TextField = Extension.create<Pick<Setup, 'lang' | 'write' | 'label' | 'hintId'>>({
  name: 'textField',
  addProseMirrorPlugins() {
    const { lang, write, label, hintId } = this.options
    return [
      new Plugin({
        props: {
          attributes: () => ({
            role: 'textbox',
            'aria-multiline': 'true',
            'aria-label': label,
            'aria-readonly': String(!this.editor.isEditable),
            'aria-describedby': hintId,
            class: 'protocol-text',
            lang,
            spellcheck: String(write),
            // a text that cannot be edited is still reached by keyboard, to be read and copied
            ...(write ? {} : { tabindex: '0' }),
          }),
        },
      }),
    ]
  },
})

/**
 * The editor of one language: its own undo, its own `lang`, on one root of the shared document. Without
 * the right to write it is read-only and nothing in it touches the document.
 */
export function createEditor(setup: Setup): Editor {
  const { lang, doc, awareness, write } = setup
  const fragment = doc.getXmlFragment(BODY_ROOT[lang])
  const sync: NonNullable<Parameters<typeof ySyncPlugin>[1]> = {}
  const lock = (broken: Editor) => {
    // what is there stays to be read and copied; writing on could only lose more
    broken.setEditable(false, false)
    setup.onDamage()
  }
  const editor = new Editor({
    element: setup.element,
    editable: write,
    // its style sheet is part of ours (styles/editor.css), so that no style is injected
    injectCSS: false,
    enableContentCheck: true,
    extensions: [
      ...grammarExtensions(),
      UnitIdentity.configure({ mayMove: setup.mayMove }),
      Collaboration.configure({ fragment, ySyncOptions: sync }),
      Carets.configure({ awareness: setup.cursor ? awareness : silentAwareness(awareness), lang }),
      Keys.configure({ onDone: setup.onDone }),
      RowRoom,
      TextField.configure({ lang, write, label: setup.label, hintId: setup.hintId }),
    ],
    // The text itself rather than an empty one that is replaced a moment later: no flicker, and the
    // selection begins where text can stand.
    onBeforeCreate: ({ editor: made }) => {
      const { doc: node, mapping } = initProseMirrorDoc(fragment, made.schema)
      sync.mapping = mapping
      Object.assign(made.options, { content: node })
    },
    onCreate: ({ editor: made }) => {
      try {
        made.state.doc.check()
      } catch {
        lock(made)
      }
    },
    onContentError: ({ editor: broken }) => lock(broken),
  })
  return editor
}
