import { type RefObject, useEffect } from 'react'
import { shelfOf } from '../../lib/tab-shelf'
import { useVisitor } from '../../lib/visitor'

/**
 * Puts the code that this device keeps for a workshop into its field, and keeps the one that is handed
 * in. Whoever has typed one keeps theirs.
 *
 * @param drawn kept at once where there is none yet; null to leave it to the reader
 * @param form with the code in its field `sign`
 * @returns to be called when it is handed in
 */
export function useDeviceCode(
  form: RefObject<HTMLFormElement>,
  { place, drawn }: { place: string; drawn: string | null },
): () => void {
  const { sharedComputer } = useVisitor()
  useEffect(() => {
    const input = fieldOf(form)
    if (!input || input.value !== input.defaultValue) return
    const kept = read(place, sharedComputer)
    if (kept) input.value = kept
    else if (drawn) keep(place, drawn, sharedComputer)
  }, [form, place, drawn, sharedComputer])
  return () => {
    const code = fieldOf(form)?.value.trim()
    if (code) keep(place, code, sharedComputer)
  }
}

function fieldOf(form: RefObject<HTMLFormElement>): HTMLInputElement | null {
  return form.current?.querySelector<HTMLInputElement>('input[name="sign"]') ?? null
}

function read(key: string, sharedComputer: boolean): string | null {
  try {
    // what only the open page remembers would ask before it is left
    return sharedComputer ? null : shelfOf('device', false).getItem(key)
  } catch {
    // a browser without storage keeps nothing
    return null
  }
}

function keep(key: string, code: string, sharedComputer: boolean) {
  try {
    if (!sharedComputer) shelfOf('device', false).setItem(key, code)
  } catch {
    // it has been shown to be written down
  }
}
