import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SearchHit } from '../../../shared/views'
import { Chip } from '../../components/chip'
import { LocalizedTitle } from '../../components/localized-title'
import { useFormat } from '../../lib/format'
import { type Finding, stretchesOf } from './search-counts'

/** One thing that was found; where its words stand in several places, each leads there. */
export function FindingRow({ finding: { kind, title, hits } }: { finding: Finding }) {
  const { t } = useTranslation('search')
  const format = useFormat()
  const [best, ...others] = hits
  // what is found by its title has that above already
  const places = hits.filter(({ excerpt }) => excerpt !== title.en && excerpt !== title.ru)
  return (
    <li className="grid gap-1 border-t border-line py-3.5 first:border-t-0">
      <div className="flex items-start justify-between gap-3">
        <Link
          to={best.path}
          prefetch="intent"
          className="min-w-0 rounded-md font-semibold underline-offset-4 hover:underline"
        >
          <LocalizedTitle text={title} otherClassName="text-[13px] font-normal" />
        </Link>
        <span className="shrink-0">
          <Chip>{t(`one.${kind}`)}</Chip>
        </span>
      </div>
      {others.length === 0 ? (
        best.excerpt && (
          <p className="text-[13px] text-ink-2">
            <Excerpt hit={best} />
          </p>
        )
      ) : (
        <ul className="grid gap-1">
          {places.map((hit) => (
            <li key={`${hit.path} ${hit.lang} ${hit.excerpt}`}>
              <Link
                to={hit.path}
                className="block border-l-2 border-line py-1 pl-2.5 text-[13px] text-ink-2 underline-offset-4 hover:border-accent hover:text-ink hover:underline"
              >
                <Excerpt hit={hit} />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {kind !== 'term' && (
        <p className="text-xs text-ink-3">
          <time dateTime={best.at}>{format.date(best.at)}</time>
        </p>
      )}
    </li>
  )
}

/** The text around the words, with the words in it. */
function Excerpt({ hit: { lang, excerpt, marks } }: { hit: SearchHit }) {
  return (
    <span lang={lang} className="[overflow-wrap:anywhere]">
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
    </span>
  )
}
