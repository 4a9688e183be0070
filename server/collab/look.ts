import type * as Y from 'yjs'
import type { Room } from './room'

/** What `see` finds in the committed document, or undefined if the room failed meanwhile. */
export function look<T>(room: Room, see: (doc: Y.Doc) => T): Promise<T | undefined> {
  return new Promise((resolve, reject) => {
    const seen = (doc: Y.Doc) => {
      try {
        const value = see(doc)
        return () => resolve(value)
      } catch (error) {
        return () => reject(error)
      }
    }
    room.view(seen, () => resolve(undefined))
  })
}
