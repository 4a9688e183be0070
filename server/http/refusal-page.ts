import { parse } from 'cookie'
import type { Request, Response } from 'express'
import { createInstance } from 'i18next'
import type { AppError } from '../../shared/errors'
import type { Language } from '../../shared/languages'
import en from '../../shared/locales/en/errors.json'
import ru from '../../shared/locales/ru/errors.json'
import { nonceOf, PRIVATE } from './headers'
import { chooseLanguage, LANGUAGE_COOKIE } from './language'
import { problemOf, toProblem } from './problem'

/** Where a refusal's one button leads. */
export type WayOn = { to: string; label: 'page.toPartnerships' | 'page.toWorkshop' }

const HOME: WayOn = { to: '/partnerships', label: 'page.toPartnerships' }

/**
 * Answer what a door refused before any page could: a small page of its own to a browser that shows
 * pages, a problem document to everything else.
 */
export function toRefusal(error: AppError, request: Request, response: Response): void {
  if (!showsPages(request)) {
    toProblem(error, response)
    return
  }
  const cookies = parse((request.headers.cookie ?? '').slice(0, 4_096))
  const lang = chooseLanguage(
    undefined,
    cookies[LANGUAGE_COOKIE],
    request.headers['accept-language'],
  )
  if (error.detail.seconds) response.setHeader('Retry-After', error.detail.seconds)
  response.setHeader('Content-Language', lang)
  response.vary('Accept, Accept-Language')
  response
    .status(error.status)
    .type('html')
    .send(pageOf(error, { lang, nonce: nonceOf(response), wayOn: HOME }))
}

/** The same for a link to a file, whose route has no page to show a refusal on. */
export function refusalOf(
  error: AppError,
  request: Request,
  { lang, nonce, wayOn = HOME }: { lang: Language; nonce: string; wayOn?: WayOn | undefined },
): globalThis.Response {
  const { status } = error
  const headers = { 'Cache-Control': PRIVATE, Vary: 'Accept, Accept-Language' }
  if (!showsPages(request)) {
    const type = { 'Content-Type': 'application/problem+json' }
    return globalThis.Response.json(problemOf(error), { status, headers: { ...headers, ...type } })
  }
  const type = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Language': lang }
  const page = pageOf(error, { lang, nonce, wayOn })
  return new globalThis.Response(page, { status, headers: { ...headers, ...type } })
}

function showsPages(request: Request): boolean {
  return /\btext\/html\b/.test(request.headers.accept ?? '')
}

/** The look of the error page inside (app/components/error-page.tsx), without a file to fetch. */
function pageOf(
  { code, status, detail }: AppError,
  { lang, nonce, wayOn }: { lang: Language; nonce: string; wayOn: WayOn },
): string {
  const t = WORDS.getFixedT(lang, 'errors')
  const seconds = Number(detail.seconds)
  const advice =
    seconds > 90
      ? t('page.waitMinutes', { count: Math.ceil(seconds / 60) })
      : seconds > 0
        ? t('page.waitSeconds', { count: seconds })
        : t(`${code}_advice`)
  return `<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${t(code)} · Twinward</title>
<style nonce="${nonce}">
:root{color-scheme:light dark;--paper:#faf9f6;--ink:#1c2226;--ink-2:#4d585f;--ink-3:#626d73;--accent:#0d6662;--accent-ink:#fff}
@media (prefers-color-scheme:dark){:root{--paper:#14181a;--ink:#e8ebec;--ink-2:#b3bdc2;--ink-3:#98a3a9;--accent:#5cc4bc;--accent-ink:#0b2a28}}
body{margin:0;background:var(--paper);color:var(--ink);font:400 .9375rem/1.5 "Golos Text",system-ui,"Segoe UI",sans-serif;overflow-wrap:break-word}
main{max-width:680px;margin:0 auto;padding:24px 16px 64px}
.name{font-weight:650;margin:0 0 24px}
.status{color:var(--ink-3);font-size:13px;font-weight:600;margin:0}
h1{font-size:1.625rem;font-weight:650;line-height:1.2;letter-spacing:-.01em;margin:4px 0 0;text-wrap:balance}
.advice{color:var(--ink-2);margin:12px 0 24px}
a{display:inline-block;background:var(--accent);color:var(--accent-ink);border-radius:8px;padding:8px 14px;font-weight:600;text-decoration:none}
a:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
</style>
</head>
<body>
<main>
<p class="name">Twinward</p>
<p class="status">${status}</p>
<h1>${t(code)}</h1>
<p class="advice">${advice}</p>
${code === 'foreign_host' ? '' : `<p><a href="${wayOn.to}">${t(wayOn.label)}</a></p>`}
</main>
</body>
</html>
`
}

const WORDS = createInstance()
// everything is at hand, so this is done when it returns
void WORDS.init({
  lng: 'en',
  fallbackLng: false,
  resources: { en: { errors: en }, ru: { errors: ru } },
  defaultNS: 'errors',
  initAsync: false,
  returnNull: false,
})
