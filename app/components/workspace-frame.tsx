import { type ReactNode, useState } from 'react'
import { AppHead } from './app-head'
import { MenuButton } from './menu-button'
import { Rail } from './rail'
import { SkipLink } from './skip-link'

/** Bar, rail and page of a partnership. Pages bring their own padding: some run to the edges. */
export function WorkspaceFrame({ children }: { children: ReactNode }) {
  const [withSheet, setWithSheet] = useState(false)
  return (
    <>
      <SkipLink />
      <div className="grid min-h-screen grid-cols-1 sheet:grid-cols-[84px_minmax(0,1fr)] rail:grid-cols-[236px_minmax(0,1fr)] print:block">
        {/* on a phone the rail is the sheet; until there are scripts it stands at the end of the page */}
        <div
          id="rail"
          className={`order-last border-line bg-wash sheet:order-none sheet:block sheet:border-r print:hidden ${withSheet ? 'hidden' : ''}`}
        >
          <Rail />
        </div>
        <div className="min-w-0">
          <AppHead start={<MenuButton onReady={setWithSheet} />} />
          <main id="main" tabIndex={-1}>
            {children}
          </main>
        </div>
      </div>
    </>
  )
}
