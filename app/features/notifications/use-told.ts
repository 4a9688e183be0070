import { useEffect, useRef } from 'react'
import { useNotifications } from '../../lib/live'

/** Tells when the reader's notifications have changed, here or in another tab. */
export function useTold(tell: () => void): void {
  const { unread, latest } = useNotifications()
  const seen = useRef({ unread, latest })
  useEffect(() => {
    const before = seen.current
    if (before.unread === unread && before.latest === latest) return
    seen.current = { unread, latest }
    tell()
  }, [unread, latest, tell])
}
