import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../components/empty-state'
import { Sentence } from '../../components/sentence'
import type { OutboxData } from '../../routes/admin._index'
import { LetterRow } from './letter-row'
import { LetterText } from './letter-text'

/** The letters of the last 30 days, and what one says where letters stay on this machine. */
export function OutboxPage({ keeps, items, next, before, letter }: OutboxData) {
  const { t } = useTranslation('admin')
  return (
    <div className="mx-auto max-w-[760px]">
      <h1 tabIndex={-1}>{t('letters.title')}</h1>
      <p className="mt-1 text-ink-2">
        {keeps ? (
          <Sentence
            say={(part) => t('letters.stay', { folder: part('folder') })}
            parts={{ folder: <code lang="en">outbox</code> }}
          />
        ) : (
          t('letters.go')
        )}
      </p>
      {letter && <LetterText letter={letter} backTo={pathOf({ before })} />}
      {items.length === 0 ? (
        <div className="mt-5">
          <EmptyState sentence={before ? t('letters.noEarlier') : t('letters.none')} />
        </div>
      ) : (
        <ul className="mt-6 rounded-card border border-line bg-surface">
          {items.map((row) => (
            <LetterRow
              key={row.id}
              row={row}
              readAt={pathOf({ before, letter: row.id })}
              isOpen={row.id === letter?.id}
            />
          ))}
        </ul>
      )}
      <p className="mt-5 flex flex-wrap gap-x-5 gap-y-2">
        {before && (
          <Link to="/admin" className={PAGE_LINK}>
            {t('letters.newest')}
          </Link>
        )}
        {next && (
          <Link to={pathOf({ before: next })} className={PAGE_LINK}>
            {t('letters.earlier')}
          </Link>
        )}
      </p>
    </div>
  )
}

function pathOf(at: { before: string | null; letter?: string }): string {
  const query = new URLSearchParams(
    Object.entries(at).filter((pair): pair is [string, string] => Boolean(pair[1])),
  ).toString()
  return query === '' ? '/admin' : `/admin?${query}`
}

const PAGE_LINK =
  'inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline'
