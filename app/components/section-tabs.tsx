import { NavLink, useLocation } from '@remix-run/react'
import { useEffect, useRef } from 'react'

export type SectionTab = { to: string; label: string; end?: boolean }

/**
 * The pages of one area, as links in a line; on a narrow page it scrolls, with the current one in
 * sight; without scripts, which would put it there, all are shown.
 */
export function SectionTabs({ label, tabs }: { label: string; tabs: readonly SectionTab[] }) {
  const line = useRef<HTMLUListElement>(null)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another current link
  useEffect(() => {
    const box = line.current
    const current = box?.querySelector<HTMLElement>('[aria-current=page]')
    if (!box || !current) return
    const { left, width } = current.getBoundingClientRect()
    box.scrollLeft += left + width / 2 - box.clientWidth / 2
  }, [pathname])
  return (
    <nav aria-label={label} className="mb-7 border-b border-line print:hidden">
      <ul
        ref={line}
        // the space about the links is for the ring of the focus
        className="-mb-px flex flex-wrap gap-x-5 max-sheet:-mx-4 max-sheet:-mt-1 max-sheet:-mb-[5px] [@media(scripting:enabled)]:max-sheet:flex-nowrap max-sheet:overflow-x-auto max-sheet:px-4 max-sheet:py-1 max-sheet:whitespace-nowrap max-sheet:[scrollbar-width:thin]"
      >
        {tabs.map(({ to, label, end = false }) => (
          <li key={to}>
            <NavLink
              to={to}
              end={end}
              className="inline-block border-b-2 border-transparent py-2.5 text-ink-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink"
            >
              {label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
