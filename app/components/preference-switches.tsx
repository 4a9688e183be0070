import { Form, useLocation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES } from '../../shared/languages'
import type { Theme } from '../../shared/schemas/accounts'
import { useVisitor } from '../lib/visitor'

// not the schema's own list: that would bring the validation library to every page
const THEMES: readonly Theme[] = ['system', 'light', 'dark']

const OPTION =
  'flex min-h-7 items-center px-2.5 focus-visible:relative focus-visible:z-10 text-[13px] font-semibold text-ink-2 hover:text-ink aria-pressed:bg-ink aria-pressed:text-paper'

/** EN | RU: a plain form, so that it works before and without scripts. */
export function LanguageSwitch() {
  const { t } = useTranslation()
  const { lang } = useVisitor()
  const names = { en: t('language.inEn'), ru: t('language.inRu') }
  return (
    <Preference label={t('language.choose')}>
      {LANGUAGES.map((each) => (
        <button
          key={each}
          type="submit"
          name="lang"
          value={each}
          lang={each}
          aria-pressed={each === lang}
          title={names[each]}
          className={`${OPTION} first:rounded-l-full last:rounded-r-full`}
        >
          <span aria-hidden="true">{each.toUpperCase()}</span>
          <span className="sr-only">{`${each.toUpperCase()}: ${names[each]}`}</span>
        </button>
      ))}
    </Preference>
  )
}

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const { t } = useTranslation()
  const { theme } = useVisitor()
  return (
    <Preference label={t('theme.choose')}>
      {THEMES.map((each) => (
        <button
          key={each}
          type="submit"
          name="theme"
          value={each}
          aria-pressed={each === theme}
          className={`${OPTION} first:rounded-l-full last:rounded-r-full`}
        >
          {t(`theme.${each}`)}
        </button>
      ))}
    </Preference>
  )
}

function Preference({ label, children }: { label: string; children: ReactNode }) {
  const { pathname, search } = useLocation()
  return (
    <Form method="post" action="/preferences" reloadDocument>
      <input type="hidden" name="redirectTo" value={pathname + search} />
      <fieldset>
        <legend className="sr-only">{label}</legend>
        <div className="inline-flex rounded-full border border-line-control bg-surface">
          {children}
        </div>
      </fieldset>
    </Form>
  )
}
