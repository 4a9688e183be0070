import { useLocation, useNavigation } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** The address whose page was shown last; lives as long as the document does. */
let shownPath: string | undefined

/**
 * A bar while the next page is on its way, after 300 ms; and once it is there, the focus moves to its
 * heading, as it would with a page loaded afresh.
 */
export function NavigationProgress() {
  const { t } = useTranslation()
  const { state } = useNavigation()
  const { pathname, hash } = useLocation()
  useEffect(() => {
    if (shownPath !== undefined && shownPath !== pathname && !hash) focusHeading()
    shownPath = pathname
  }, [pathname, hash])
  if (state === 'idle') return null
  return <div role="progressbar" aria-label={t('page.loading')} className="progress" />
}

function focusHeading() {
  const main = document.getElementById('main')
  const own = 'h1[tabindex="-1"]'
  // in a room it stands in the head of the page
  const heading = main?.querySelector<HTMLElement>(own) ?? document.querySelector<HTMLElement>(own)
  // where the page begins is ScrollRestoration's business
  ;(heading ?? main)?.focus({ preventScroll: true })
}
