import { RemixBrowser } from '@remix-run/react'
import { setNonce } from 'get-nonce'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { isLanguage, type Language } from '../shared/languages'
import { createI18n, type Namespace } from './lib/i18n'
import { nonceInPage, RenderContext } from './lib/nonce'

declare global {
  interface Window {
    /** The router asks for a page's words with its code (`vite.config.ts`). @throws when lost twice */
    wordsFor: (namespaces: readonly Namespace[]) => Promise<void>
  }
}

/** Where words are comes after the page, which brings its own; before it is asked for, milliseconds. */
const PREPARE_MS = 5_000
const files = {
  en: () => import('./lib/words-en'),
  ru: () => import('./lib/words-ru'),
} satisfies Record<Language, unknown>

async function hydrate() {
  const nonce = nonceInPage()
  if (nonce) setNonce(nonce)
  const declared = document.documentElement.lang
  const lang = isLanguage(declared) ? declared : 'en'
  const words = JSON.parse(document.getElementById('words')?.textContent ?? '{}')
  const load = async (language: Language, namespace: Namespace) => {
    const known = (await files[language]()).files
    return (await known[`../../shared/locales/${language}/${namespace}.json`]?.()) ?? {}
  }
  const i18n = await createI18n(lang, { [lang]: words }, load)
  window.wordsFor = async (namespaces) => {
    const missing = namespaces.filter((each) => !i18n.hasResourceBundle(lang, each))
    // a file lost on the way is asked for once more, before the line is taken for cut
    const come = (each: Namespace) => load(lang, each).catch(() => load(lang, each))
    await Promise.all(
      missing.map(async (each) => i18n.addResourceBundle(lang, each, await come(each))),
    )
  }
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <I18nextProvider i18n={i18n}>
          <RenderContext.Provider value={{ nonce }}>
            <RemixBrowser />
          </RenderContext.Provider>
        </I18nextProvider>
      </StrictMode>,
    )
  })
  setTimeout(() => files[lang]().catch(() => {}), PREPARE_MS)
}

hydrate()
