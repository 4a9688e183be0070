import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { endAll, line, useLatest } from '../../lib/live'
import { useLookingAgain } from '../../lib/look-again'

/** Without a line to the server the page asks this often, milliseconds. */
const ASK_EVERY_MS = 20_000

/** Look again when the door opens: told by the line where there is one, asked for now and then anyway. */
export function useDoor(workshopId: string, on: boolean): void {
  const { revalidate } = useRevalidator()
  const latest = useLatest(revalidate)
  useLookingAgain(ASK_EVERY_MS, on)
  useEffect(() => {
    if (!on) return
    // what is told by the line says that there is one
    const ends = [
      line.hear('workshop:door', (fact) => {
        if (fact.workshopId === workshopId) latest.current()
      }),
      line.hear('workshop:status', (fact) => {
        if (fact.workshopId === workshopId) latest.current()
      }),
      line.enter({
        key: `waiting ${workshopId}`,
        // while the line was away the door may have opened
        enter: (wire) =>
          wire.emit('workshop:wait', { workshopId }, () => {
            latest.current()
          }),
        leave: () => {},
      }),
    ]
    return () => endAll(ends)
  }, [workshopId, on, latest])
}
