import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { untilThere } from '../lib/later'
import { usePartnership } from '../lib/partnership'
import { ownSideFirst } from '../lib/sides'
import { PlacesLine } from './places'

const RailSheet = lazy(() =>
  untilThere(() => import('./rail-sheet')).then((file) => ({ default: file.RailSheet })),
)

/**
 * On a phone: opens the rail as a sheet, whose code is loaded on the first use. Without scripts it is
 * a link to the rail at the end of the page. On wider screens the rail is there, and this is not.
 *
 * @param onReady hears that the sheet can be used, so that the rail need not be on the page as well
 */
export function MenuButton({ onReady }: { onReady: (ready: boolean) => void }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<boolean>()
  const button = useRef<HTMLButtonElement>(null)
  const [scripted, setScripted] = useState(false)
  useEffect(() => {
    setScripted(true)
    onReady(true)
  }, [onReady])
  const look =
    'inline-flex min-h-9 items-center gap-2 rounded-lg border border-line-control px-3 font-semibold sheet:hidden'
  const partnership = usePartnership()?.partnership
  const places = partnership && ownSideFirst(partnership.sides, partnership.mySideId)
  return (
    <>
      {scripted ? (
        <button
          ref={button}
          type="button"
          aria-haspopup="dialog"
          aria-expanded={open === true}
          onClick={() => setOpen(true)}
          className={look}
        >
          {t('nav.open')}
        </button>
      ) : (
        <a href="#rail" className={look}>
          {t('nav.open')}
        </a>
      )}
      {/* two lines, and no place is broken at its hyphen, so that the bar stays as tall as elsewhere */}
      <span className="hidden text-[13px] leading-tight text-ink-2 sheet:block rail:hidden [&_[lang]]:whitespace-nowrap">
        {places && <PlacesLine places={places.map((side) => side.place)} />}
      </span>
      {open !== undefined && (
        <Suspense fallback={null}>
          <RailSheet open={open} onOpenChange={setOpen} returnTo={button} />
        </Suspense>
      )}
    </>
  )
}
