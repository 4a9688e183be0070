import { useSyncExternalStore } from 'react'
import { INITIAL_STATUS, type SyncStatus, type SyncStatusStore } from './sync-status'

const noStore: SyncStatusStore = { subscribe: () => () => {}, getSnapshot: () => INITIAL_STATUS }

/** How safe one's words are; `undefined` while nothing is open yet. */
export function useSyncStatus(source: { status: SyncStatusStore } | undefined): SyncStatus {
  const { subscribe, getSnapshot } = source?.status ?? noStore
  return useSyncExternalStore(subscribe, getSnapshot, () => INITIAL_STATUS)
}
