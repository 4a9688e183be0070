import { Form, Link, useLocation, useNavigate } from '@remix-run/react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { otherLanguage } from '../../shared/languages'
import { useReader } from '../lib/format'
import { usePartnership } from '../lib/partnership'
import { Icon } from './icon'
import { Sentence } from './sentence'

/**
 * Search within the partnership around this page, from the bar. Ctrl+K leads there from anywhere, on
 * any keyboard layout. On a phone it is a link to the page of search, which has a field of its own.
 */
export function SearchField() {
  const { t } = useTranslation()
  const workspace = usePartnership()
  const { pathname } = useLocation()
  const address = workspace?.may.search && `/partnerships/${workspace.partnership.slug}/search`
  useSearchKey(address || undefined)
  if (!address || pathname === address) return null
  return (
    <>
      <Form role="search" action={address} className="hidden w-full max-w-[420px] sheet:block">
        <SearchInput />
      </Form>
      <Link
        to={address}
        title={t('find.label')}
        className="-mx-1 grid size-8 shrink-0 place-items-center rounded-full text-ink-2 hover:bg-wash hover:text-ink sheet:hidden"
      >
        <Icon name="search" />
        <span className="sr-only">{t('find.label')}</span>
      </Link>
    </>
  )
}

/** Where the words go, in either language; Ctrl+K finds it by `data-search`. */
export function SearchInput({ value, className = '' }: { value?: string; className?: string }) {
  const { t } = useTranslation()
  const { lang } = useReader()
  const other = <span lang={otherLanguage(lang)}>{t('find.other')}</span>
  return (
    <span className={`relative block ${className}`}>
      <input
        type="search"
        name="q"
        data-search=""
        key={value}
        defaultValue={value}
        maxLength={200}
        autoComplete="off"
        aria-label={t('find.label')}
        aria-keyshortcuts="Control+K"
        placeholder=" "
        className="peer min-h-9 w-full rounded-full border border-line-control bg-surface px-4 py-1.5"
      />
      {/* in two languages, each marked with its own: a placeholder of the browser's has one */}
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 right-3 left-4 hidden items-center justify-between gap-3 text-ink-3 peer-placeholder-shown:flex"
      >
        <span className="truncate">
          <Sentence say={(part) => t('find.hint', { other: part('other') })} parts={{ other }} />
        </span>
        <kbd lang="en" className="shrink-0 rounded-md border border-line px-1.5 font-sans text-xs">
          Ctrl K
        </kbd>
      </span>
    </span>
  )
}

/** Ctrl+K (⌘K) puts the caret into the field that is on the page, or goes to the page that has one. */
function useSearchKey(address: string | undefined) {
  const navigate = useNavigate()
  useEffect(() => {
    if (!address) return
    const onKey = (event: KeyboardEvent) => {
      const isPlain = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey
      if (!isPlain || event.code !== 'KeyK' || event.defaultPrevented || hasSelectedText(event)) {
        return
      }
      event.preventDefault()
      const field = [...document.querySelectorAll<HTMLInputElement>('input[data-search]')].find(
        (each) => each.offsetParent !== null,
      )
      if (!field) return navigate(address)
      field.focus()
      field.select()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [address, navigate])
}

/** In an editor the same keys make a link of the selected words. */
function hasSelectedText({ target }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || !target.isContentEditable) return false
  return !(document.getSelection()?.isCollapsed ?? true)
}
