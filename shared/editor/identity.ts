import { Extension } from '@tiptap/core'
import { Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import { Mapping } from '@tiptap/pm/transform'
import { ySyncPluginKey } from '@tiptap/y-tiptap'
import { type NewBlockId, newBlockId } from './block-id'
import { assignIds, type PlacedBlock, placedBlocks } from './identity-rules'
import { type Move, moveBlock } from './move-block'

export type UnitIdentityOptions = {
  newId: NewBlockId
  /**
   * May this move happen now? Both stretches lose concurrent typing when they change places, so the
   * editor says no while it is offline or somebody else's caret stands in either.
   */
  mayMove: (move: Move) => boolean
}

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    unitIdentity: {
      /** Move the block or list item with the caret one place up or down, ids and all. */
      moveBlock: (direction: 'up' | 'down') => ReturnType
    }
  }
}

export const unitIdentityKey = new PluginKey('unit-identity')

/** Cut blocks that are remembered, so that pasting them again brings back the same blocks. */
const REMEMBERED_CUTS = 1_000

/**
 * Keeps `uid` and `unit` right while a person edits (rules: `assignIds`). Only this person's own
 * changes are looked at: what comes from others or from undo carries its ids already, and repair of
 * what two people broke together is the server's. A read-only editor never writes.
 */
export const UnitIdentity = Extension.create<UnitIdentityOptions>({
  name: 'unitIdentity',

  addOptions() {
    return { newId: newBlockId, mayMove: () => true }
  },

  addCommands() {
    return {
      moveBlock:
        (direction) =>
        ({ state, tr, dispatch }) =>
          moveBlock(state, tr, direction, this.options.mayMove, dispatch !== undefined),
    }
  },

  addKeyboardShortcuts() {
    return {
      'Alt-ArrowUp': () => this.editor.commands.moveBlock('up'),
      'Alt-ArrowDown': () => this.editor.commands.moveBlock('down'),
    }
  },

  addProseMirrorPlugins() {
    const { editor, options } = this
    const cuts = new Map<string, string>()
    let last: { doc: unknown; blocks: PlacedBlock[] } | undefined

    return [
      new Plugin({
        key: unitIdentityKey,
        appendTransaction(transactions, oldState, newState) {
          if (!editor.isEditable || !transactions.some((tr) => tr.docChanged)) return null
          if (transactions.some((tr) => tr.getMeta(ySyncPluginKey) !== undefined)) return null

          const before = last?.doc === oldState.doc ? last.blocks : placedBlocks(oldState.doc)
          const after = placedBlocks(newState.doc)
          last = { doc: newState.doc, blocks: after }
          const assignments = assignIds(
            {
              before,
              after,
              mapping: mappingOf(transactions),
              pasted: transactions.some(isPaste),
              wasCut: (uid, unit) => cuts.get(uid) === unit,
            },
            options.newId,
          )
          rememberCuts(cuts, before, after)
          if (assignments.length === 0) return null

          const tr = newState.tr
          for (const { pos, uid, unit } of assignments) {
            tr.setNodeAttribute(pos, 'uid', uid).setNodeAttribute(pos, 'unit', unit)
          }
          // Steps clear the marks that the next typed letter would have had.
          return tr.setStoredMarks(newState.storedMarks)
        },
      }),
    ]
  },
})

function isPaste(tr: Transaction): boolean {
  const event: unknown = tr.getMeta('uiEvent')
  return tr.getMeta('paste') === true || event === 'paste' || event === 'drop'
}

function mappingOf(transactions: readonly Transaction[]): Mapping {
  const mapping = new Mapping()
  for (const tr of transactions) mapping.appendMapping(tr.mapping)
  return mapping
}

function rememberCuts(
  cuts: Map<string, string>,
  before: readonly PlacedBlock[],
  after: readonly PlacedBlock[],
) {
  const left = new Set(after.map((block) => block.uid))
  for (const { uid, unit } of before) {
    if (uid && unit && !left.has(uid)) cuts.set(uid, unit)
  }
  for (const uid of cuts.keys()) {
    if (cuts.size <= REMEMBERED_CUTS) return
    cuts.delete(uid)
  }
}
