import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { scriptOfText } from '../../lib/names'

/** A thread's tags, each the way to the threads that have it too. */
export function Tags({ tags, base }: { tags: readonly string[]; base: string }) {
  const { t } = useTranslation('discussions')
  if (tags.length === 0) return null
  return (
    <ul aria-label={t('list.tags')} className="flex flex-wrap gap-x-1 gap-y-1">
      {tags.map((tag) => (
        <li key={tag}>
          <Link
            to={`${base}?tag=${encodeURIComponent(tag)}`}
            lang={scriptOfText(tag)}
            className="relative inline-flex min-h-6 items-center rounded-full bg-wash px-2.5 text-[12.5px] text-ink-2 hover:text-ink hover:underline"
          >
            {tag}
          </Link>
        </li>
      ))}
    </ul>
  )
}
