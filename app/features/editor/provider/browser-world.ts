import { systemTimers, type Timers } from './timers'
import { type Unpack, unpackHere } from './unpack'

/** What the line needs of the browser, so that tests can run it on a real server without one. */
export type BrowserWorld = {
  /** Where we were loaded from, `https://…`. */
  origin: string
  /** The same place for sockets, `wss://…`. */
  socketOrigin: string
  WebSocket: typeof WebSocket
  fetch: typeof fetch
  /** Hears `online`, `offline` and `visibilitychange`. */
  events: Pick<EventTarget, 'addEventListener' | 'removeEventListener'>
  isHidden(): boolean
  /** The person asked the browser to save data. */
  saveData: boolean
  timers: Timers
  random(): number
  /** Without it no packed state is asked for. */
  unpack?: Unpack | undefined
}

/** The browser this page is in. */
export function browserWorld(): BrowserWorld {
  const { protocol, host, origin } = window.location
  return {
    origin,
    socketOrigin: `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}`,
    WebSocket: window.WebSocket,
    fetch: window.fetch.bind(window),
    // `visibilitychange` bubbles from the document to the window
    events: window,
    isHidden: () => document.visibilityState === 'hidden',
    saveData: wantsToSaveData(navigator),
    timers: systemTimers,
    random: Math.random,
    unpack: unpackHere(),
  }
}

/** The Network Information API is not in every browser, and not in TypeScript's library. */
function wantsToSaveData(navigator: object): boolean {
  if (!('connection' in navigator)) return false
  const { connection } = navigator
  if (typeof connection !== 'object' || connection === null) return false
  return 'saveData' in connection && connection.saveData === true
}
