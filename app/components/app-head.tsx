import { Link, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLater } from '../lib/later'
import { useHere } from '../lib/live'
import { useVisitor } from '../lib/visitor'
import { AccountMenu } from './account-menu'
import { ButtonLink } from './button'
import { Knot } from './knot'
import { NavigationProgress } from './navigation-progress'
import { NotificationBell } from './notification-bell'
import { LanguageSwitch, ThemeSwitch } from './preference-switches'
import { SearchField } from './search-field'

const loadFaces = () => import('./people-here')

/**
 * The bar at the top of every page: where one is on the left, language and account on the right.
 *
 * @param start what stands on the left instead of the product's name
 */
export function AppHead({ start }: { start?: ReactNode }) {
  const { person } = useVisitor()
  return (
    <header className="flex min-h-14 items-center gap-1.5 border-b border-line bg-surface px-4 py-2 min-[400px]:gap-3 sheet:gap-4 sheet:px-7 print:hidden">
      <NavigationProgress />
      {start ?? <ProductName />}
      <SearchField />
      <span className="flex-1" />
      <HereNow />
      {!person && (
        <span className="hidden sheet:block">
          <ThemeSwitch />
        </span>
      )}
      <LanguageSwitch />
      {person && <NotificationBell />}
      {person ? <AccountMenu person={person} /> : <SignInLink />}
    </header>
  )
}

/** Faces of who else has the partnership open; where there is room for them. */
function HereNow() {
  const { person } = useVisitor()
  const here = useHere().filter(({ id }) => id !== person?.id)
  const PeopleHere = useLater(loadFaces, here.length > 0)?.PeopleHere
  return <span className="hidden rail:block">{PeopleHere && <PeopleHere people={here} />}</span>
}

function ProductName() {
  const { t } = useTranslation()
  return (
    <Link to="/" className="-mx-1 flex items-center gap-2.5 rounded-lg px-1 py-1 font-semibold">
      <Knot />
      {t('app.name')}
    </Link>
  )
}

function SignInLink() {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  if (pathname === '/sign-in') return null
  return (
    <ButtonLink to="/sign-in" look="quiet" reloadDocument>
      {t('account.signIn')}
    </ButtonLink>
  )
}
