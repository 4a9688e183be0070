/** One stored change, or several that were stored together. */
export type DeviceRow = {
  update: Uint8Array
  /** How many own changes it holds; 0 for what came from the server. */
  changes: number
}

export type DeviceRows = {
  /** Rows that the server is known to have. */
  saved: Uint8Array[]
  /** Rows with own changes, in order, that it may lack. */
  unsaved: DeviceRow[]
}

/** Where a document's copy on this device lives; the browser's own is `IndexedDbStore`. */
export interface DeviceStore {
  /** Opens, creating if absent. @throws whatever the device refuses with */
  open(): Promise<DeviceRows>
  /**
   * @returns the row's key, once the transaction has completed: the row outlives the browser
   * @throws if it was not stored
   */
  append(row: DeviceRow): Promise<number>
  /** Everything up to that key is committed by the server; old rows may be merged. */
  markSaved(key: number): Promise<void>
  /** Removes the copy for good. */
  drop(): Promise<void>
  close(): void
}
