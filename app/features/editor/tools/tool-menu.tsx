import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

export type MenuEntry = {
  words: string
  act: () => void
  /** For entries of which one holds; undefined for plain actions. */
  checked?: boolean
}

type Place = { left: number; top: number }

/**
 * A tool that opens into several: kinds of callout, parts of a table. The menu button pattern of the
 * ARIA practices; small enough to be our own, and it spares the page a positioning library.
 */
export function ToolMenu({
  words,
  pressed,
  entries,
  onLeave,
}: {
  words: string
  pressed?: boolean
  entries: readonly MenuEntry[]
  /** Where the focus goes after an entry was chosen. */
  onLeave: () => void
}) {
  const [place, setPlace] = useState<Place | null>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const open = () => {
    const box = trigger.current?.getBoundingClientRect()
    if (box) setPlace({ left: box.left, top: box.bottom + 4 })
  }
  return (
    <>
      <button
        ref={trigger}
        type="button"
        className="tool"
        data-tool=""
        tabIndex={-1}
        data-pressed={pressed || undefined}
        data-state={place ? 'open' : undefined}
        aria-haspopup="menu"
        aria-expanded={place !== null}
        // the caret stays in the text
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (place ? setPlace(null) : open())}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          open()
        }}
      >
        {words}
        <span aria-hidden="true" className="tool-more" />
      </button>
      {place && (
        <Menu
          words={words}
          place={place}
          entries={entries}
          onClose={(how) => {
            setPlace(null)
            if (how === 'chosen') onLeave()
            else if (how === 'by key') trigger.current?.focus()
          }}
          isTrigger={(target) => trigger.current?.contains(target) === true}
        />
      )}
    </>
  )
}

type MenuProps = {
  words: string
  place: Place
  entries: readonly MenuEntry[]
  onClose: (how: 'chosen' | 'by key' | 'outside') => void
  isTrigger: (target: Node) => boolean
}

function Menu({ words, place, entries, onClose, isTrigger }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null)
  const latest = useRef({ onClose, isTrigger })
  latest.current = { onClose, isTrigger }

  useLayoutEffect(() => {
    const box = menu.current?.getBoundingClientRect()
    const over = box ? box.right + 8 - document.documentElement.clientWidth : 0
    if (menu.current && over > 0) menu.current.style.left = `${Math.max(8, place.left - over)}px`
    const items = itemsIn(menu.current)
    const checked = items.find((item) => item.getAttribute('aria-checked') === 'true')
    const first = checked ?? items[0]
    first?.focus({ preventScroll: true })
  }, [place.left])

  useEffect(() => {
    const close = () => latest.current.onClose('outside')
    const onPointer = ({ target }: PointerEvent) => {
      if (!(target instanceof Node) || menu.current?.contains(target)) return
      if (!latest.current.isTrigger(target)) close()
    }
    document.addEventListener('pointerdown', onPointer)
    window.addEventListener('resize', close)
    window.addEventListener('scroll', close, { passive: true })
    return () => {
      document.removeEventListener('pointerdown', onPointer)
      window.removeEventListener('resize', close)
      window.removeEventListener('scroll', close)
    }
  }, [])

  const onKeyDown = (event: KeyboardEvent) => {
    // a portal's events still reach the toolbar around the trigger
    event.stopPropagation()
    const items = itemsIn(menu.current)
    const at = items.findIndex((item) => item.matches(':focus'))
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
    }
    const next = steps[event.key]
    if (next !== undefined) {
      event.preventDefault()
      items[(next + items.length) % items.length]?.focus()
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      if (event.key === 'Escape') event.preventDefault()
      onClose('by key')
    }
  }

  return createPortal(
    <div
      ref={menu}
      role="menu"
      tabIndex={-1}
      aria-label={words}
      className="tool-menu"
      style={place}
      onKeyDown={onKeyDown}
    >
      {entries.map(({ words: label, act, checked }) => (
        <button
          key={label}
          type="button"
          {...(checked === undefined
            ? { role: 'menuitem' }
            : { role: 'menuitemradio', 'aria-checked': checked })}
          tabIndex={-1}
          className="tool-entry"
          onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
          onClick={() => {
            onClose('chosen')
            act()
          }}
        >
          {label}
          {checked && <span aria-hidden="true">✓</span>}
        </button>
      ))}
    </div>,
    document.body,
  )
}

function itemsIn(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('.tool-entry') ?? [])]
}
