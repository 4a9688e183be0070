import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'

/** Room that a text is given so that its rows keep step with the other language's, in CSS pixels. */
export type Room = {
  lead: number
  after: ReadonlyMap<string, number>
}

const NO_ROOM: Room = { lead: 0, after: new Map() }
type Kept = { room: Room; decorations: DecorationSet }

const roomKey = new PluginKey<Kept>('row-room')

/** Smaller differences are not worth drawing the page again. */
const TOLERANCE_PX = 0.5

/** Shows `Room` as margins: decorations, so that nothing of it is ever part of the document. */
export const RowRoom = Extension.create({
  name: 'rowRoom',
  addProseMirrorPlugins() {
    return [
      new Plugin<Kept>({
        key: roomKey,
        state: {
          init: () => ({ room: NO_ROOM, decorations: DecorationSet.empty }),
          apply(tr, kept) {
            const room: Room | undefined = tr.getMeta(roomKey)
            if (room) return { room, decorations: decorate(tr.doc, room) }
            if (!tr.docChanged) return kept
            // a change by others may replace whole blocks, and their decorations with them
            return { room: kept.room, decorations: decorate(tr.doc, kept.room) }
          },
        },
        props: {
          decorations: (state) => roomKey.getState(state)?.decorations,
        },
      }),
    ]
  },
})

/** The room a text has now; heights are measured without it. */
export function roomOf(state: EditorState): Room {
  return roomKey.getState(state)?.room ?? NO_ROOM
}

/** Give a text its room; does nothing when it has it already. */
export function giveRoom(view: EditorView, room: Room): boolean {
  if (isSameRoom(roomOf(view.state), room)) return false
  view.dispatch(view.state.tr.setMeta(roomKey, room).setMeta('addToHistory', false))
  return true
}

function isSameRoom(a: Room, b: Room): boolean {
  if (a.after.size !== b.after.size || Math.abs(a.lead - b.lead) > TOLERANCE_PX) return false
  for (const [uid, px] of b.after) {
    if (Math.abs((a.after.get(uid) ?? 0) - px) > TOLERANCE_PX) return false
  }
  return true
}

function decorate(doc: Node, { lead, after }: Room): DecorationSet {
  const decorations: Decoration[] = []
  const give = (from: number, node: Node, style: string) =>
    decorations.push(Decoration.node(from, from + node.nodeSize, { style }))

  if (lead > 0 && doc.firstChild) give(0, doc.firstChild, `margin-top:${lead}px`)
  const seen = new Set<string>()
  doc.forEach((top, offset) => {
    const blocks: { uid: string; node: Node; pos: number }[] = []
    const take = (node: Node, pos: number) => {
      const uid: unknown = node.isTextblock ? node.attrs.uid : undefined
      if (typeof uid === 'string' && !seen.has(uid)) blocks.push({ uid, node, pos })
      if (typeof uid === 'string') seen.add(uid)
      return !node.isTextblock
    }
    if (take(top, offset)) top.descendants((node, pos) => take(node, offset + 1 + pos))

    const isBox = top.type.name === 'table' || top.type.name === 'callout'
    let below = 0
    blocks.forEach(({ uid, node, pos }, index) => {
      const px = after.get(uid) ?? 0
      // a table is one row, and the room after a box is outside of it
      if (isBox && (top.type.name === 'table' || index === blocks.length - 1)) below += px
      else if (px > 0) give(pos, node, `margin-bottom:${px}px`)
    })
    if (below > 0) give(offset, top, `margin-bottom:${below}px`)
  })
  return DecorationSet.create(doc, decorations)
}
