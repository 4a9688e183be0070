import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useVisitor } from '../lib/visitor'
import { AppHead } from './app-head'
import { ThemeSwitch } from './preference-switches'
import { SkipLink } from './skip-link'

/** Bar and page, for what lies outside of a partnership. */
export function PageFrame({ children }: { children: ReactNode }) {
  const { person } = useVisitor()
  return (
    <>
      <SkipLink />
      <AppHead />
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-[1120px] px-4 py-8 sheet:px-7 sheet:py-10"
      >
        {children}
      </main>
      {/* with an account it is in the account's menu, with room for it in the bar */}
      {!person && (
        <footer className="px-4 pb-8 sheet:hidden">
          <ThemeSwitch />
        </footer>
      )}
    </>
  )
}

/** The padding of an ordinary page within a partnership. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="max-w-[1280px] px-4 pt-6 pb-16 sheet:px-9 sheet:pt-7">{children}</div>
}

/** The head of a list: what it is, and its one next step. */
export function ListHead({
  title,
  lead,
  action,
}: {
  title: string
  lead?: ReactNode
  action?: ReactNode
}) {
  return (
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div>
        <h1 tabIndex={-1}>{title}</h1>
        {lead && <p className="mt-1 max-w-[64ch] text-ink-2">{lead}</p>}
      </div>
      {action}
    </header>
  )
}

/** The head of a form with a page of its own: where it belongs, what it makes. */
export function FormHead({
  list,
  title,
  lead,
}: {
  /** The list that it adds to; null for those to whom it is closed. */
  list: { to: string; title: string } | null
  title: string
  lead: string
}) {
  return (
    <>
      {list && (
        <p className="text-[13px] text-ink-2">
          <Link to={list.to} className="rounded-sm py-1 underline-offset-4 hover:underline">
            {list.title}
          </Link>
        </p>
      )}
      <h1 tabIndex={-1} className="mt-1">
        {title}
      </h1>
      <p className="mt-1 max-w-[64ch] text-ink-2">{lead}</p>
    </>
  )
}
