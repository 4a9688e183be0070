import { RemixBrowser } from '@remix-run/react'
import { setNonce } from 'get-nonce'
import { StrictMode, startTransition } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { I18nextProvider } from 'react-i18next'
import { isLanguage } from '../shared/languages'
import { createI18n } from './lib/i18n'
import { nonceInPage, RenderContext } from './lib/nonce'

const files = import.meta.glob<object>('../shared/locales/*/*.json', { import: 'default' })

async function hydrate() {
  const nonce = nonceInPage()
  if (nonce) setNonce(nonce)
  const declared = document.documentElement.lang
  const lang = isLanguage(declared) ? declared : 'en'
  const words = JSON.parse(document.getElementById('words')?.textContent ?? '{}')
  const i18n = await createI18n(lang, { [lang]: words }, async (language, namespace) => {
    const load = files[`../shared/locales/${language}/${namespace}.json`]
    return load ? load() : {}
  })
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
}

hydrate()
