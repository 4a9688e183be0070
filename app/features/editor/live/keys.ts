import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'

export type KeyHandlers = {
  /** Ctrl+Enter: the paragraph with the caret is in step; go on to the next. */
  onDone: () => boolean
}

/**
 * Keys of ours. Letters are matched by ProseMirror through the key's place as well, so they work under
 * the Russian layout; none of these is a letter. After Esc the next Tab leaves the text, which inside
 * lists and tables would otherwise indent or go to the next cell.
 */
export const Keys = Extension.create<KeyHandlers>({
  name: 'keys',
  // before the line break, which takes Ctrl+Enter too
  priority: 1_050,
  addOptions() {
    return { onDone: () => false }
  },
  addKeyboardShortcuts() {
    return {
      'Mod-Enter': () => this.options.onDone(),
    }
  },
  addProseMirrorPlugins() {
    let leaving = false
    return [
      new Plugin({
        props: {
          handleDOMEvents: {
            keydown(_view, event) {
              if (event.key === 'Escape') {
                leaving = true
                return false
              }
              if (event.key === 'Shift') return false
              const passes = leaving && event.key === 'Tab'
              leaving = false
              // handled as far as the editor is concerned: the browser moves the focus
              return passes
            },
          },
        },
      }),
    ]
  },
})
