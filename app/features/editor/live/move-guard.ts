import type { Editor } from '@tiptap/core'
import { relativePositionToAbsolutePosition, ySyncPluginKey } from '@tiptap/y-tiptap'
import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import * as z from 'zod/mini'
import type { Move } from '../../../../shared/editor/move-block'

const Peer = z.object({
  user: z.object({ name: z.string() }),
  cursor: z.object({ anchor: z.unknown(), head: z.unknown() }),
})

/**
 * Whose caret stands in what is to be moved. Yjs moves by deleting and inserting anew, so words that
 * somebody is typing there at that moment would be lost.
 *
 * @returns the name, or null when nobody's does
 */
export function caretWithin(
  editor: Editor,
  doc: Y.Doc,
  awareness: Awareness,
  { from, to }: Move,
): string | null {
  const sync = ySyncPluginKey.getState(editor.state)
  if (!sync?.binding) return null
  for (const [client, state] of awareness.getStates()) {
    if (client === awareness.clientID) continue
    const peer = Peer.safeParse(state)
    if (!peer.success) continue
    const { anchor, head } = peer.data.cursor
    const places = [anchor, head].map((place) =>
      relativePositionToAbsolutePosition(
        doc,
        sync.type,
        Y.createRelativePositionFromJSON(place),
        sync.binding.mapping,
      ),
    )
    if (places.some((place) => place !== null && place >= from && place <= to)) {
      return peer.data.user.name
    }
  }
  return null
}
