import { type KeyboardEvent, type RefObject, useId, useMemo, useState } from 'react'
import type { Language } from '../../../shared/languages'
import { mentionText } from '../../../shared/mentions'
import { rankNames } from '../../../shared/name-search'
import type { MentionableView } from '../../../shared/views'
import { mentionQueryAt, withAt, withMention } from './writing'

/** As many as fit beside the text. */
const SHOWN = 6

type Around = {
  area: RefObject<HTMLTextAreaElement | null>
  text: string
  lang: Language
  people: readonly MentionableView[]
  /** Puts the text and then the caret. */
  write: (text: string, caret: number) => void
}

/** Calling somebody by name while writing: a list under the caret's word, worked by keys. */
export function useMentions({ area, text, lang, people, write }: Around) {
  const listId = useId()
  const [caret, setCaret] = useState<number | null>(null)
  const [active, setActive] = useState(0)
  const [closedAt, setClosedAt] = useState<number | null>(null)

  const query = useMemo(() => (caret === null ? null : mentionQueryAt(text, caret)), [text, caret])
  const found = useMemo(
    () => (query && query.from !== closedAt ? rankNames(query.query, people).slice(0, SHOWN) : []),
    [query, people, closedAt],
  )
  const isOpen = found.length > 0
  const at = Math.min(active, found.length - 1)
  const optionId = (index: number) => `${listId}-${index}`

  const follow = () => {
    const field = area.current
    const next = field && field.selectionStart === field.selectionEnd ? field.selectionStart : null
    if (next !== caret) setActive(0)
    setCaret(next)
  }
  const choose = (person: MentionableView | undefined) => {
    if (!person || !query) return
    const done = withMention(text, query, mentionText(person, lang))
    setClosedAt(query.from)
    write(done.text, done.caret)
  }
  const close = () => setClosedAt(query?.from ?? null)
  return {
    found: isOpen ? found : [],
    active: at,
    listId,
    optionId,
    choose,
    follow,
    /** For keyboards without an @. */
    begin() {
      const done = withAt(text, area.current?.selectionStart ?? text.length)
      setClosedAt(null)
      write(done.text, done.caret)
      setCaret(done.caret)
    },
    /** @returns true when the key was for the list */
    onKey(event: KeyboardEvent): boolean {
      if (event.key === '@') setClosedAt(null)
      if (!isOpen || event.nativeEvent.isComposing) return false
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step !== undefined) setActive((at + step + found.length) % found.length)
      else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
        choose(found[at])
      } else if (event.key === 'Escape') close()
      else return false
      event.preventDefault()
      return true
    },
    field: {
      onSelect: follow,
      onBlur: close,
      'aria-autocomplete': 'list' as const,
      'aria-haspopup': 'listbox' as const,
      'aria-controls': isOpen ? listId : undefined,
      'aria-activedescendant': isOpen ? optionId(at) : undefined,
    },
  }
}
export type Mentions = ReturnType<typeof useMentions>
