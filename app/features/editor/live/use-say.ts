import { useCallback, useEffect, useState } from 'react'

/** How long a word stays on the page, ms. */
const STAYS_MS = 7_000

/** One short message at a time: what an action came to. */
export function useSay(): { said: string; say: (words: string) => void } {
  const [said, setSaid] = useState({ words: '', at: 0 })
  useEffect(() => {
    if (!said.words) return
    const timer = setTimeout(() => setSaid({ words: '', at: 0 }), STAYS_MS)
    return () => clearTimeout(timer)
  }, [said])
  const say = useCallback((words: string) => setSaid({ words, at: Date.now() }), [])
  return { said: said.words, say }
}
