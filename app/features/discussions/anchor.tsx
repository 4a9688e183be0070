import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { pickText } from '../../../shared/languages'
import type { ThreadAnchor } from '../../../shared/views'
import { InLanguage } from '../../components/localized-title'
import { Sentence } from '../../components/sentence'
import { useReader } from '../../lib/format'

/** Where the paragraph of a thread stands. */
export function anchorAddress(slug: string, { protocolId, unit }: ThreadAnchor): string {
  return `/partnerships/${slug}/protocols/${protocolId}#unit-${unit}`
}

/** The paragraph that a thread is about, quoted in the reader's language, with the way to it. */
export function AnchorQuote({ anchor, slug }: { anchor: ThreadAnchor; slug: string }) {
  const { t } = useTranslation('discussions')
  const { lang: reader } = useReader()
  const quote = pickText(anchor.quote, reader)
  return (
    <figure className="max-w-[72ch] border-l-[3px] border-line-strong pl-3.5">
      <blockquote lang={quote.lang} className="text-ink-2">
        {quote.text}
      </blockquote>
      <figcaption className="mt-1 text-[13px]">
        <Link
          to={anchorAddress(slug, anchor)}
          className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          <Sentence
            say={(part) => t('anchor.to', { title: part('title') })}
            parts={{ title: <InLanguage text={anchor.protocolTitle} /> }}
          />
        </Link>
      </figcaption>
    </figure>
  )
}
