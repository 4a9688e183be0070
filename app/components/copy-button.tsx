import { useEffect, useState } from 'react'
import { Button } from './button'

/** How long it says that it is done, milliseconds. */
const SAID_MS = 6_000

/**
 * Puts a text into the clipboard, and says so. The clipboard is withheld from pages on plain http, and
 * from those without scripts: there is no button then, and the text stays on the page to be selected.
 */
export function CopyButton({ text, label, done }: { text: string; label: string; done: string }) {
  const [canCopy, setCanCopy] = useState(false)
  const [copied, setCopied] = useState(0)
  useEffect(() => setCanCopy(Boolean(navigator.clipboard)), [])
  useEffect(() => {
    if (copied === 0) return
    const timer = setTimeout(setCopied, SAID_MS, 0)
    return () => clearTimeout(timer)
  }, [copied])
  if (!canCopy) return null
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied((times) => times + 1),
      () => setCanCopy(false),
    )
  }
  return (
    <span className="inline-flex flex-wrap items-center gap-3">
      <Button type="button" look="quiet" onClick={copy}>
        {label}
      </Button>
      <span role="status">{copied > 0 && done}</span>
    </span>
  )
}
