/** The few things we ask of IndexedDB, as promises. */

/**
 * Opens a database. It steps aside when another tab deletes it, so that signing out is never stuck.
 *
 * @param onLost the browser closed it under us
 * @throws whatever the browser refuses with, also where there is no IndexedDB at all
 */
export function openDatabase(
  name: string,
  create: (db: IDBDatabase) => void,
  onLost: () => void = () => {},
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1)
    request.onupgradeneeded = () => create(request.result)
    request.onerror = () => reject(request.error)
    request.onsuccess = () => {
      const db = request.result
      db.onversionchange = () => {
        db.close()
        onLost()
      }
      db.onclose = onLost
      resolve(db)
    }
  })
}

/** Deletes a database; resolves at once if open tabs delay it, for they step aside. */
export function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onblocked = () => resolve()
    request.onerror = () => reject(request.error)
  })
}

/** The result of a request. */
export function resultOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
}

/** Resolves when the transaction has completed, which is later than its requests' success. */
export function completed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('aborted'))
  })
}
