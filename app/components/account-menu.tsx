import { Link } from '@remix-run/react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonName as Name } from '../../shared/views'
import { usePartnership } from '../lib/partnership'
import { Face } from './face'
import { PersonName } from './person-name'
import { ThemeSwitch } from './preference-switches'
import { SignOutForm } from './sign-out-form'

type Person = { id: string; name: Name; email: string; programmeAdmin: boolean }

/** Who is signed in, how the page looks to them, the way out. A `details`, so that it opens without scripts. */
export function AccountMenu({ person }: { person: Person }) {
  const { t } = useTranslation()
  const tone = usePartnership()?.myTone ?? null
  const menu = useRef<HTMLDetailsElement>(null)
  useClosing(menu)
  return (
    <details ref={menu} className="relative">
      <summary className="list-none rounded-full p-1 [&::-webkit-details-marker]:hidden">
        <Face name={person.name} tone={tone} />
        <span className="sr-only">{t('account.label')}</span>
      </summary>
      <div className="absolute right-0 z-30 mt-2 grid w-80 max-w-[calc(100vw-2rem)] gap-4 rounded-card border border-line bg-surface p-4 shadow-float">
        <div>
          <PersonName name={person.name} />
          <p className="mt-1 text-[13px] [overflow-wrap:anywhere] text-ink-2">{person.email}</p>
        </div>
        <div className="grid justify-items-start gap-1.5">
          <p aria-hidden="true" className="text-[13px] text-ink-2">
            {t('theme.choose')}
          </p>
          <ThemeSwitch />
        </div>
        <ul className="grid justify-items-start gap-1.5 border-t border-line pt-3">
          <Entry to="/account">{t('account.own')}</Entry>
          <Entry to="/partnerships">{t('nav.partnerships')}</Entry>
          {person.programmeAdmin && <Entry to="/admin">{t('nav.programme')}</Entry>}
        </ul>
        <div className="border-t border-line pt-4">
          <SignOutForm userId={person.id} />
        </div>
      </div>
    </details>
  )
}

function Entry({ to, children }: { to: string; children: ReactNode }) {
  return (
    <li>
      <Link
        to={to}
        className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
      >
        {children}
      </Link>
    </li>
  )
}

/** Closes an open `details` by Escape, by a click beside it, and when the focus leaves it. */
function useClosing(menu: RefObject<HTMLDetailsElement | null>) {
  useEffect(() => {
    const close = (withFocus: boolean) => {
      const details = menu.current
      if (!details?.open) return
      details.open = false
      if (withFocus) details.querySelector('summary')?.focus()
    }
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && close(true)
    const onElsewhere = (event: Event) => {
      if (event.target instanceof Node && !menu.current?.contains(event.target)) close(false)
    }
    document.addEventListener('keydown', onKey)
    document.addEventListener('pointerdown', onElsewhere)
    document.addEventListener('focusin', onElsewhere)
    return () => {
      document.removeEventListener('keydown', onKey)
      document.removeEventListener('pointerdown', onElsewhere)
      document.removeEventListener('focusin', onElsewhere)
    }
  }, [menu])
}
