import { createContext, useContext, useSyncExternalStore } from 'react'
import type { PresenceIdentity } from '../../../shared/collab/wire'
import type { LocalizedText } from '../../../shared/languages'
import type { UnitCounts } from '../../../shared/views'
import type { SyncStatus } from './provider/sync-status'

/** Somebody who has the protocol open now. */
export type Present = PresenceIdentity & { isMe: boolean }

/** What the head of the page shows of the live document. */
export type PageLive = {
  /** The editors stand where the server-rendered text stood. */
  ready: boolean
  sync: SyncStatus | null
  counts: UnitCounts | null
  /** Renamed by somebody since the page was loaded. */
  title: LocalizedText | null
  people: readonly Present[]
}

/**
 * The one thing between the page, which every reader gets, and the editor, which is loaded after it:
 * the editor writes, the head reads.
 */
export class PageLiveStore {
  #now: PageLive = { ready: false, sync: null, counts: null, title: null, people: [] }
  #hearers = new Set<() => void>()

  readonly read = () => this.#now

  readonly subscribe = (hear: () => void) => {
    this.#hearers.add(hear)
    return () => {
      this.#hearers.delete(hear)
    }
  }

  update(change: Partial<PageLive>) {
    this.#now = { ...this.#now, ...change }
    for (const hear of this.#hearers) hear()
  }
}

export const PageLiveContext = createContext(new PageLiveStore())

export function usePageLive(): PageLive {
  const store = useContext(PageLiveContext)
  return useSyncExternalStore(store.subscribe, store.read, store.read)
}
