import { Form } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { useOnce } from '../../lib/once'
import { AskFirst } from '../workshops/ask-first'
import type { MadeLink } from './guests.server'

/** The link by which guests ask to come in: shown when it is made, and made anew when it is lost. */
export function GuestLinkCard({
  hasLink,
  made,
  isMain,
}: {
  hasLink: boolean
  /** The page's own answer, until another form of the page is answered. */
  made: MadeLink | null
  /** Is making one the one next step of the page? */
  isMain: boolean
}) {
  const { t } = useTranslation('entering')
  const { guard, busy } = useOnce()
  const shown = useKept(made, hasLink)
  return (
    <Card id="guest-link" title={t('link.title')}>
      <p className="mb-4 max-w-[64ch] text-ink-2">
        {t(hasLink && !shown ? 'link.there' : 'link.none')}
      </p>
      {shown && <Shown key={shown.link.url} {...shown.link} />}
      {/* a link that was made is not made anew by a second press */}
      <Form
        key={shown?.link.url ?? String(hasLink)}
        method="post"
        onSubmit={guard}
        className="flex flex-wrap gap-3"
      >
        <Button
          name="intent"
          value="make-link"
          look={isMain ? 'primary' : 'quiet'}
          aria-disabled={busy}
          className="min-h-10"
        >
          {t(hasLink ? 'link.anew' : 'link.make')}
        </Button>
      </Form>
      {hasLink && (
        <div className="mt-3">
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
        <Copy text={url} />
      </div>
    </div>
  )
}

/** The clipboard is withheld from pages on plain http; the text stays on the page to be selected. */
function Copy({ text }: { text: string }) {
  const { t } = useTranslation('entering')
  const [canCopy, setCanCopy] = useState(false)
  const [copied, setCopied] = useState(false)
  useEffect(() => setCanCopy(Boolean(navigator.clipboard)), [])
  if (!canCopy) return null
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCanCopy(false),
    )
  }
  return (
    <Button type="button" look="quiet" className="mt-3" onClick={copy}>
      {t(copied ? 'link.copied' : 'link.copy')}
    </Button>
  )
}
