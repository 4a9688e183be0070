import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteLoaderData,
} from '@remix-run/react'
import type { ReactNode } from 'react'
import { can } from '../shared/policy'
import { ErrorPage } from './components/error-page'
import { MissingPart } from './components/missing-part'
import type { I18nHandle, Namespace } from './lib/i18n'
import { LOAD_AGAIN } from './lib/load-again'
import { useNonce, useServerWords } from './lib/nonce'
import { forAnyone } from './lib/route'
import { useTypedEarly } from './lib/typed-early'
import './styles/app.css'

export const handle: I18nHandle = { i18n: ['common', 'errors'] }

export const loader = forAnyone(
  async ({ lang, timeZone, theme, actor, person, sharedComputer, demo, request, services }) => ({
    lang,
    theme,
    timeZone,
    person:
      person && actor
        ? {
            ...person,
            id: actor.userId,
            programmeAdmin: can(actor, 'system:inspect', { partnershipId: '' }),
          }
        : null,
    sharedComputer,
    demo,
    unreadNotifications: actor ? await services.notifications.countNotifications(actor) : 0,
    // the browser's hint that its owner pays for every byte
    dataSaver: request.headers.get('save-data') === 'on',
  }),
)

export const shouldRevalidate = () => false

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const root = useRouteLoaderData<typeof loader>('root')
  const lang = root?.lang ?? 'en'
  return (
    <html
      lang={lang}
      {...(root && root.theme !== 'system' ? { 'data-theme': root.theme } : {})}
      {...(root?.dataSaver ? { 'data-saver': '' } : {})}
    >
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/knot.svg" type="image/svg+xml" />
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <PageScripts nonce={nonce} />
      </body>
    </html>
  )
}

/**
 * What makes a page live. A page that needs none of it comes without when a server answers; reached
 * from a live page it stays live.
 */
function PageScripts({ nonce }: { nonce: string | undefined }) {
  const isServer = useServerWords() !== undefined
  // the account's menu and its way out live by scripts
  const isAnyones = !useRouteLoaderData<typeof loader>('root')?.person
  const isStatic = useMatches().some(
    (match) => (match.handle as I18nHandle | undefined)?.withoutScripts,
  )
  if (isServer && isAnyones && isStatic) return null
  return (
    <>
      <MissingPart />
      <script
        nonce={nonce}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own text
        dangerouslySetInnerHTML={{ __html: import.meta.env.SSR ? LOAD_AGAIN : '' }}
        suppressHydrationWarning
      />
      <Words />
      <ScrollRestoration nonce={nonce} />
      <Scripts nonce={nonce} />
    </>
  )
}

/** The words this page needs, so that the browser has them before it hydrates. */
function Words() {
  const matches = useMatches()
  const words = useServerWords()
  const asked = matches.flatMap((match) => (match.handle as I18nHandle | undefined)?.i18n ?? [])
  // in the browser the element is there already, and stays as the server made it
  const json = words
    ? words([...new Set<Namespace>(['common', 'errors', ...asked])])
    : (document.getElementById('words')?.innerHTML ?? '{}')
  return (
    <script
      id="words"
      type="application/json"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: our own locale files, "<" escaped
      dangerouslySetInnerHTML={{ __html: json }}
      suppressHydrationWarning
    />
  )
}

export default function App() {
  useTypedEarly()
  return <Outlet />
}

export function ErrorBoundary() {
  return <ErrorPage />
}
