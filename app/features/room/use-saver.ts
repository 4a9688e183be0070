import { useRouteLoaderData } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { shelfOf } from '../../lib/tab-shelf'
import { useVisitor } from '../../lib/visitor'
import type { loader as rootLoader } from '../../root'

const KEPT_AS = 'data saver'

type Line = { saveData?: boolean; effectiveType?: string }

/**
 * Data saver: as chosen on this device, else on where the browser says that bytes are dear or the line
 * is slow. The page's own typeface stays away too.
 */
export function useSaver(): [boolean, (on: boolean) => void] {
  const asked = useRouteLoaderData<typeof rootLoader>('root')?.dataSaver ?? false
  const { sharedComputer } = useVisitor()
  const [on, setOn] = useState(asked)
  useEffect(() => {
    const chosen = read(sharedComputer)
    setOn(chosen === null ? asked || isThin() : chosen === 'on')
  }, [asked, sharedComputer])
  useEffect(() => {
    if (!on) return
    const { dataset } = document.documentElement
    const was = dataset.saver
    dataset.saver = ''
    return () => {
      if (was === undefined) delete dataset.saver
    }
  }, [on])
  return [
    on,
    (next) => {
      setOn(next)
      try {
        shelfOf('device', sharedComputer).setItem(KEPT_AS, next ? 'on' : 'off')
      } catch {
        // a browser without storage asks again
      }
    },
  ]
}

function isThin(): boolean {
  const { connection } = navigator as Navigator & { connection?: Line }
  return connection?.saveData === true || /2g$/.test(connection?.effectiveType ?? '')
}

function read(sharedComputer: boolean): string | null {
  try {
    return shelfOf('device', sharedComputer).getItem(KEPT_AS)
  } catch {
    return null
  }
}
