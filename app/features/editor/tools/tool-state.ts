import type { Editor } from '@tiptap/core'
import { yUndoPluginKey } from '@tiptap/y-tiptap'
import { useMemo, useSyncExternalStore } from 'react'
import { CALLOUT_KINDS, type CalloutKind } from '../../../../shared/editor/schema'

/** What the toolbar shows of the text that the caret stands in. */
export type ToolState = {
  canUndo: boolean
  canRedo: boolean
  bold: boolean
  italic: boolean
  heading: 2 | 3 | null
  bulletList: boolean
  orderedList: boolean
  link: boolean
  table: boolean
  callout: CalloutKind | null
}

const NOTHING_PRESSED: Omit<ToolState, 'canUndo' | 'canRedo'> = {
  bold: false,
  italic: false,
  heading: null,
  bulletList: false,
  orderedList: false,
  link: false,
  table: false,
  callout: null,
}

/** @param used the caret has been in the text; before that nobody means its first paragraph */
function readState(editor: Editor, used: boolean): ToolState {
  const undo = yUndoPluginKey.getState(editor.state)?.undoManager
  if (!used) return { ...NOTHING_PRESSED, canUndo: false, canRedo: false }
  return {
    canUndo: (undo?.undoStack.length ?? 0) > 0,
    canRedo: (undo?.redoStack.length ?? 0) > 0,
    bold: editor.isActive('bold'),
    italic: editor.isActive('italic'),
    heading: ([2, 3] as const).find((level) => editor.isActive('heading', { level })) ?? null,
    bulletList: editor.isActive('bulletList'),
    orderedList: editor.isActive('orderedList'),
    link: editor.isActive('link'),
    table: editor.isActive('table'),
    callout: CALLOUT_KINDS.find((kind) => editor.isActive('callout', { kind })) ?? null,
  }
}

/** The toolbar's state, drawn anew only when it has changed. */
export function useToolState(editor: Editor, used: boolean): ToolState {
  const [subscribe, read] = useMemo(() => {
    let now = readState(editor, used)
    return [
      (hear: () => void) => {
        editor.on('transaction', hear)
        return () => {
          editor.off('transaction', hear)
        }
      },
      () => {
        if (editor.isDestroyed) return now
        const next = readState(editor, used)
        if (JSON.stringify(next) !== JSON.stringify(now)) now = next
        return now
      },
    ] as const
  }, [editor, used])
  return useSyncExternalStore(subscribe, read)
}
