import { Transform } from 'node:stream'
import {
  type AppLoadContext,
  createReadableStreamFromReadable,
  type EntryContext,
} from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { I18nextProvider } from 'react-i18next'
import type { Namespace } from './lib/i18n'
import { createI18n } from './lib/i18n'
import { RenderContext } from './lib/nonce'
import { wordsOf } from './lib/words.server'

const ABORT_MS = 8_000

export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remixContext: EntryContext,
  context: AppLoadContext,
) {
  const i18n = await createI18n(context.lang, wordsOf(context.lang))
  const words = (namespaces: readonly Namespace[]) =>
    JSON.stringify(wordsOf(context.lang, namespaces)[context.lang]).replaceAll('<', '\\u003c')
  const whole = isbot(request.headers.get('user-agent') ?? '')

  return new Promise<Response>((resolve, reject) => {
    let answer = status
    const { pipe, abort } = renderToPipeableStream(
      <I18nextProvider i18n={i18n}>
        <RenderContext.Provider value={{ nonce: context.nonce, words }}>
          <RemixServer
            context={remixContext}
            url={request.url}
            abortDelay={ABORT_MS}
            nonce={context.nonce}
          />
        </RenderContext.Provider>
      </I18nextProvider>,
      {
        nonce: context.nonce,
        [whole ? 'onAllReady' : 'onShellReady']() {
          const body = withoutPadding()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          headers.set('Content-Language', context.lang)
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: answer }))
          pipe(body)
        },
        onShellError: reject,
        onError(error: unknown) {
          answer = 500
          context.log.error({ err: error, id: context.requestId }, 'page failed to render')
        },
      },
    )
    setTimeout(abort, ABORT_MS + 1_000).unref()
  })
}

/**
 * React 18 fills a buffer up with a zero where a letter of two bytes no longer fits into it, and the
 * browser then shows “�” in the middle of a Russian word. HTML has no zeros of its own.
 */
function withoutPadding(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk)
    },
  })
}

/** A bug in a loader or action; refusals are thrown as answers and never come here. */
export function handleError(
  error: unknown,
  { request, context }: { request: Request; context: AppLoadContext },
) {
  if (!request.signal.aborted)
    context.log.error({ err: error, id: context.requestId }, 'page failed')
}
