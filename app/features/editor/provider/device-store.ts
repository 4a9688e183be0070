/** One stored change, or several that were stored together. */
export type DeviceRow = {
  update: Uint8Array
  /** How many own changes it holds; 0 for what came from the server. */
  changes: number
  /** How many of them a person would count; rows of earlier pages do not say. */
  edits?: number | undefined
}

/** How many changes a person would call unsaved in these rows: at least one where there are any. */
export function countEdits(rows: readonly DeviceRow[]): number {
  const edits = rows.reduce((sum, row) => sum + (row.edits ?? row.changes), 0)
  return rows.length > 0 ? Math.max(1, edits) : 0
}

/** A row and the key by which it is noted as saved. */
export type KeyedRow = DeviceRow & { key: number }

export type DeviceRows = {
  /** Rows that the server is known to have. */
  saved: Uint8Array[]
  /** Rows with own changes, in order, that it may lack. */
  unsaved: KeyedRow[]
}

/** Where a document's copy on this device lives; the browser's own is `IndexedDbStore`. */
export interface DeviceStore {
  /** Opens, creating if absent. @throws whatever the device refuses with */
  open(): Promise<DeviceRows>
  /** What is there now, other tabs' rows too. @throws if it is not open, or cannot be read */
  read(): Promise<DeviceRows>
  /**
   * @returns the row's key, once the transaction has completed: the row outlives the browser
   * @throws if it was not stored
   */
  append(row: DeviceRow): Promise<number>
  /**
   * These rows are committed by the server; saved rows may be merged. Keys of rows that are gone are
   * passed over: another tab may have merged them.
   *
   * @throws if it was not noted
   */
  markSaved(keys: readonly number[]): Promise<void>
  /** Removes the copy for good. */
  drop(): Promise<void>
  close(): void
}
