import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedView } from '../../shared/views'
import { useFormat, useReader } from '../lib/format'
import { goTo } from '../lib/go-to'
import { shortName } from '../lib/names'
import { Button } from './button'
import { type TheirLine, theirId } from './their-words'

/**
 * Above a form that came too late: who has saved meanwhile and when, and in which fields both have
 * written something else. Nothing is saved until the form is sent again.
 *
 * @param here address of the page: opened anew, it has theirs
 */
export function LateNotice({
  saved,
  lines,
  here,
}: {
  saved: SavedView | null
  lines: readonly TheirLine[]
  here: string
}) {
  const { t } = useTranslation('common')
  const { lang } = useReader()
  const format = useFormat()
  const head = useRef<HTMLDivElement>(null)
  // with scripts it comes after the answer, once the page has been read again
  useEffect(() => head.current?.focus(), [])
  const at = saved ? format.dateTime(saved.at) : ''
  const name = saved?.name ? shortName(saved.name, lang).text : null
  return (
    <div className="grid gap-3 rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5">
      <div ref={head} role="alert" tabIndex={-1} className="grid gap-1">
        <p className="max-w-[64ch] font-semibold">
          {saved?.isOwn
            ? t('late.own', { at })
            : name
              ? t('late.by', { name, at })
              : t('late.unknown')}
        </p>
        <p className="max-w-[64ch]">{t(lines.length > 0 ? 'late.both' : 'late.one')}</p>
      </div>
      {lines.length > 0 && (
        <ul className="grid gap-1 text-[13px]">
          {lines.map((line) => (
            <li key={line.name}>
              <a
                href={`#${theirId(line.name)}`}
                onClick={(event) => goTo(event, theirId(line.name))}
                className="inline-block py-0.5 underline underline-offset-4"
              >
                {line.label}
              </a>
            </li>
          ))}
        </ul>
      )}
      <p className="flex flex-wrap items-center gap-4">
        <Button look="quiet">{t('late.save')}</Button>
        <a href={here} className="inline-flex min-h-9 items-center text-accent underline">
          {t('stale.take')}
        </a>
      </p>
    </div>
  )
}
