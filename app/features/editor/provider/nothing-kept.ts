import type { DeviceStore } from './device-store'
import type { RescueShelf } from './rescued-shelf'

/**
 * On a computer that others use too: the device refuses everything, so nothing stays on it, and what
 * the server has not committed is called unkept.
 */
export function nothingKept(): DeviceStore {
  return {
    open: refused,
    read: refused,
    append: refused,
    markSaved: refused,
    drop: async () => {},
    close() {},
  }
}

/** Rescued words stand on the page alone there. */
export const noShelf: RescueShelf = {
  put: refused,
  list: async () => [],
  discard: async () => {},
}

function refused(): Promise<never> {
  return Promise.reject(new Error('nothing is kept on a shared computer'))
}
