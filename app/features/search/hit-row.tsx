import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../../shared/views'
import { Chip } from '../../components/chip'
import { LocalizedTitle } from '../../components/localized-title'
import { useFormat } from '../../lib/format'
import { stretchesOf } from './search-counts'

/** One place where the words were found. */
export function HitRow({
  hit: { kind, title, lang, excerpt, marks, path, at },
}: {
  hit: SearchHit
}) {
  const { t } = useTranslation('search')
  const format = useFormat()
  return (
    <li className="grid gap-1 border-t border-line py-3.5 first:border-t-0">
      <div className="flex items-start justify-between gap-3">
        <Link
          to={path}
          prefetch="intent"
          className="min-w-0 rounded-md font-semibold underline-offset-4 hover:underline"
        >
          <LocalizedTitle text={title} otherClassName="text-[13px] font-normal" />
        </Link>
        <span className="shrink-0">
          <Chip>{t(`one.${kind}`)}</Chip>
        </span>
      </div>
      {excerpt && (
        <p lang={lang} className="text-[13px] [overflow-wrap:anywhere] text-ink-2">
          {stretchesOf(excerpt, marks).map(({ text, found }, place) =>
            found ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: stretches have no other name than their place
              <mark key={place} className="rounded-xs bg-accent-wash px-0.5 font-semibold text-ink">
                {text}
              </mark>
            ) : (
              text
            ),
          )}
        </p>
      )}
      {kind !== 'term' && (
        <p className="text-xs text-ink-3">
          <time dateTime={at}>{format.date(at)}</time>
        </p>
      )}
    </li>
  )
}
