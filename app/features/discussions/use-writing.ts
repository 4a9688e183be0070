import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Language } from '../../../shared/languages'
import { useReader } from '../../lib/format'
import { keepDraft, readDraft } from '../../lib/tab-draft'
import { shelfOf } from '../../lib/tab-shelf'
import { useVisitor } from '../../lib/visitor'
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
  const { sharedComputer } = useVisitor()
  const own = languages.includes(reader) ? reader : (languages[0] ?? reader)
  const area: RefObject<HTMLTextAreaElement> = useRef<HTMLTextAreaElement>(null)
  // what it was opened with stays its beginning: what a colleague saves meanwhile is not one's own draft
  const [{ text: began, lang: given }] = useState(initial)
  const [text, setText] = useState(began)
  const [lang, setLang] = useState<Language>(given ?? own)
  const caret = useRef<number | null>(null)

  useEffect(() => {
    const kept = keptAs ? readDraft(keptAs, sharedComputer) : null
    if (kept !== null) setText((now) => (now === began ? kept : now))
  }, [keptAs, began, sharedComputer])
  const keeping = useRef(false)
  useEffect(() => {
    // the first run is before what was kept has come back
    if (keptAs && keeping.current) keepDraft(keptAs, text === began ? '' : text, sharedComputer)
    keeping.current = true
  }, [keptAs, text, began, sharedComputer])

  useEffect(() => {
    if (given) return
    const last = read(LAST_LANGUAGE, sharedComputer)
    const known = languages.find((each) => each === last)
    if (known) setLang(known)
  }, [given, languages, sharedComputer])

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
    /** The text it was opened with. */
    began,
    text,
    setText,
    lang,
    choose(next: Language) {
      setLang(next)
      keep(LAST_LANGUAGE, next, sharedComputer)
    },
    write(next: string, at: number) {
      caret.current = at
      setText(next)
    },
    /** It was sent or thrown away: also where its field goes at once, and keeps nothing any more. */
    forget() {
      if (keptAs) keepDraft(keptAs, '', sharedComputer)
    },
  }
}

/** Words that come back into a field: before what has been written in it meanwhile. */
export function withWritten(back: string, meanwhile: string): string {
  return meanwhile.trim() === '' ? back : `${back}\n${meanwhile}`
}

function read(key: string, sharedComputer: boolean): string | null {
  try {
    return shelfOf('device', sharedComputer).getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, value: string, sharedComputer: boolean): void {
  try {
    shelfOf('device', sharedComputer).setItem(key, value)
  } catch {
    // a browser without storage asks again
  }
}
