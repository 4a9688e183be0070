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
