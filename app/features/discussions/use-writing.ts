import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Language } from '../../../shared/languages'
import { useReader } from '../../lib/format'
import { growing } from './growing'

/** The language one wrote in last, on this device. */
const LAST_LANGUAGE = 'writing language'

/**
 * What is being written: its text, its language, and a caret that goes where it is put.
 *
 * @param keptAs name under which the tab keeps the text until it is sent, for a page that is loaded again
 */
export function useWriting(
  languages: readonly Language[],
  initial: { text: string; lang?: Language | undefined },
  keptAs?: string,
) {
  const { lang: reader } = useReader()
  const own = languages.includes(reader) ? reader : (languages[0] ?? reader)
  const area: RefObject<HTMLTextAreaElement> = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(initial.text)
  const [lang, setLang] = useState<Language>(initial.lang ?? own)
  const caret = useRef<number | null>(null)

  const began = initial.text
  useEffect(() => {
    if (keptAs && began === '') setText((now) => now || (read(keptAs, 'session') ?? ''))
  }, [keptAs, began])
  const keeping = useRef(false)
  useEffect(() => {
    // the first run is before what was kept has come back
    if (keptAs && keeping.current) keep(keptAs, text, 'session')
    keeping.current = true
  }, [keptAs, text])

  const given = initial.lang
  useEffect(() => {
    if (given) return
    const last = read(LAST_LANGUAGE)
    const known = languages.find((each) => each === last)
    if (known) setLang(known)
  }, [given, languages])

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what it grows by
  useEffect(() => {
    growing(area.current)
    if (caret.current === null) return
    area.current?.focus()
    area.current?.setSelectionRange(caret.current, caret.current)
    caret.current = null
  }, [text])

  return {
    area,
    text,
    setText,
    lang,
    choose(next: Language) {
      setLang(next)
      keep(LAST_LANGUAGE, next)
    },
    write(next: string, at: number) {
      caret.current = at
      setText(next)
    },
  }
}

/** What must not outlive the tab is the session's; a preference is the device's. */
type Shelf = 'session' | 'device'
const shelfOf = (shelf: Shelf) => (shelf === 'session' ? sessionStorage : localStorage)

function read(key: string, shelf: Shelf = 'device'): string | null {
  try {
    return shelfOf(shelf).getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, value: string, shelf: Shelf = 'device'): void {
  try {
    if (value === '') shelfOf(shelf).removeItem(key)
    else shelfOf(shelf).setItem(key, value)
  } catch {
    // a browser without storage asks again, and keeps the text on the page
  }
}
