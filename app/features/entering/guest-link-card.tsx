import { Form } from '@remix-run/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuestPage } from '../../../shared/guests'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { CopyButton } from '../../components/copy-button'
import { useOnce } from '../../lib/once'
import { AskFirst } from '../workshops/ask-first'
import type { useDone } from '../workshops/use-done'
import type { MadeLink } from './guests.server'

/** The link by which guests ask to come in: shown when it is made, and made anew when it is lost. */
export function GuestLinkCard({
  page,
  doings,
  made,
  isMain,
}: {
  page: Pick<GuestPage, 'hasLink' | 'linkAdmits' | 'waitingRoom'>
  doings: ReturnType<typeof useDone>
  /** The page's own answer, until another form of the page is answered. */
  made: MadeLink | null
  /** Is making one the one next step of the page? */
  isMain: boolean
}) {
  const { t } = useTranslation('entering')
  const { guard, busy } = useOnce()
  const { hasLink } = page
  const shown = useKept(made, hasLink)
  return (
    <Card id="guest-link" title={t('link.title')}>
      <p className="mb-4 max-w-[64ch] text-ink-2">
        {t(hasLink && !shown ? 'link.there' : 'link.none')}
      </p>
      {shown && <Shown key={shown.link.url} {...shown.link} />}
      {hasLink && <WhoWaits key={String(page.linkAdmits)} page={page} doings={doings} />}
      {!hasLink && (
        <Form method="post" onSubmit={guard}>
          <Button
            name="intent"
            value="make-link"
            look={isMain ? 'primary' : 'quiet'}
            aria-disabled={busy}
            className="min-h-10"
          >
            {t('link.make')}
          </Button>
        </Form>
      )}
      {hasLink && (
        <div className="flex flex-wrap items-start gap-3">
          {/* others have it: it is not ended by one press */}
          <AskFirst
            key={`anew ${shown?.link.url}`}
            label={t('link.anew')}
            question={t('link.anewAsk')}
          >
            <Form method="post" onSubmit={guard}>
              <Button name="intent" value="make-link" look="danger" aria-disabled={busy}>
                {t('link.anewYes')}
              </Button>
            </Form>
          </AskFirst>
          <AskFirst key={shown?.link.url} label={t('link.end')} question={t('link.endAsk')}>
            <Form method="post" onSubmit={guard}>
              <Button name="intent" value="end-link" look="danger" aria-disabled={busy}>
                {t('link.endYes')}
              </Button>
            </Form>
          </AskFirst>
        </div>
      )}
    </Card>
  )
}

/** Does somebody who comes by the link wait? To let everybody in is chosen and never so by itself. */
function WhoWaits({
  page: { linkAdmits, waitingRoom },
  doings,
}: {
  page: Pick<GuestPage, 'linkAdmits' | 'waitingRoom'>
  doings: ReturnType<typeof useDone>
}) {
  const { t } = useTranslation('entering')
  if (waitingRoom) return <p className="mb-4 max-w-[64ch] text-ink-2">{t('link.waitsWhy')}</p>
  const ways = [
    ['waits', t('link.waits')],
    ['admits', t('link.admits')],
  ] as const
  const say = (event: FormEvent<HTMLFormElement>) => {
    const isOpen = new FormData(event.currentTarget).get('intent') === 'link-admits'
    doings.doing(t(isOpen ? 'guests.done.admits' : 'guests.done.waits'))(event)
  }
  return (
    <Form method="post" onSubmit={say} className="mb-5 grid justify-items-start gap-3">
      <fieldset className="grid gap-1.5">
        <legend className="mb-1.5 font-medium">{t('link.who')}</legend>
        {ways.map(([each, words]) => (
          <label key={each} className="flex min-h-8 items-center gap-2.5">
            <input
              type="radio"
              name="intent"
              value={`link-${each}`}
              defaultChecked={linkAdmits === (each === 'admits')}
              className="size-4 shrink-0 accent-accent"
            />
            {words}
          </label>
        ))}
      </fieldset>
      <Button look="quiet" aria-disabled={doings.isSending || undefined}>
        {t('link.choose')}
      </Button>
    </Form>
  )
}

/** The link is shown once: other answers of the page do not take it away while it is true. */
function useKept(made: MadeLink | null, hasLink: boolean): MadeLink | null {
  const [kept, setKept] = useState(made)
  const now = hasLink ? (made ?? kept) : null
  if (now !== kept) setKept(now)
  return now
}

function Shown({ url, qr: { size, path } }: MadeLink['link']) {
  const { t } = useTranslation('entering')
  const box = useRef<HTMLDivElement>(null)
  // the button that made it is another one now
  useEffect(() => {
    if (document.activeElement === document.body) box.current?.focus()
  }, [])
  return (
    <div ref={box} tabIndex={-1} role="status" className="mb-4 flex flex-wrap items-start gap-5">
      <svg
        role="img"
        aria-label={t('link.picture')}
        viewBox={`0 0 ${size} ${size}`}
        shapeRendering="crispEdges"
        className="block size-[164px] rounded-lg border border-line"
      >
        {/* black on white in every theme: scanners want it so */}
        <rect width={size} height={size} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      <div className="min-w-0 max-w-full flex-1 basis-[260px]">
        <p className="font-medium">{t('link.once')}</p>
        <p
          translate="no"
          className="mt-2 rounded-lg bg-wash px-3 py-2 font-mono text-[13px] select-all [overflow-wrap:anywhere]"
        >
          {url}
        </p>
        <p className="mt-3">
          <CopyButton text={url} label={t('link.copy')} done={t('link.copied')} />
        </p>
      </div>
    </div>
  )
}
