import { useEffect } from 'react'
import { useLatest } from './live'

/** A lost fact is looked for when it has not come by itself, milliseconds. */
const GAP_MS = 3_000

type Watched = { readonly hasGap: boolean; subscribe: (hear: () => void) => () => void }

/** Facts may get lost between processes: a change without the one before it makes the page look again. */
export function useGapWatch(store: Watched, lookAgain: () => void | Promise<void>): void {
  const latest = useLatest(lookAgain)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      if (!store.hasGap || timer !== undefined) return
      timer = setTimeout(async () => {
        if (store.hasGap) await latest.current()
        timer = undefined
      }, GAP_MS)
    }
    const forget = store.subscribe(look)
    return () => {
      clearTimeout(timer)
      forget()
    }
  }, [store, latest])
}
