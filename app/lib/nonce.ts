import { createContext, useContext } from 'react'
import type { Namespace } from './i18n'

type Render = {
  nonce: string | undefined
  /** Only while the server renders: the words of these namespaces as JSON, safe inside a script element. */
  words?: (namespaces: readonly Namespace[]) => string
}

export const RenderContext = createContext<Render>({ nonce: undefined })

/** The content policy's nonce; in the browser, that of the scripts already running. */
export function useNonce(): string | undefined {
  return useContext(RenderContext).nonce
}

export function useServerWords(): Render['words'] {
  return useContext(RenderContext).words
}

/** Browsers hide a nonce from markup but keep it on the element. */
export function nonceInPage(): string | undefined {
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce || undefined
}
