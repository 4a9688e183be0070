import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SearchKind } from '../../../shared/schemas/notifications'
import { Button } from '../../components/button'
import { PageBody } from '../../components/page-frame'
import { SearchInput } from '../../components/search-field'
import { Sentence } from '../../components/sentence'
import { scriptOfText } from '../../lib/names'
import type { SearchData } from '../../routes/partnerships.$slug.search'
import { FindingRow } from './finding-row'
import { findingsOf, KINDS } from './search-counts'

/** What was looked for, what was found of each kind, and where it is. */
export function SearchPage({ base, q, kind, hits, counts, isCut }: SearchData) {
  const { t } = useTranslation(['search', 'common'])
  const findings = findingsOf(hits)
  return (
    <PageBody>
      <div className="max-w-[820px]">
        <h1 tabIndex={-1}>{t('title')}</h1>
        <Form role="search" action={`${base}/search`} className="mt-4 flex gap-2">
          <SearchInput value={q} className="flex-1" />
          {kind && <input type="hidden" name="kind" value={kind} />}
          <Button look={q ? 'quiet' : 'primary'}>{t('common:find.go')}</Button>
        </Form>
        {q ? (
          <>
            <Kinds base={base} q={q} kind={kind} counts={counts} />
            <p role="status" className="mt-4 text-ink-2">
              <Outcome q={q} found={findings.length} isCut={isCut} />
            </p>
            {findings.length > 0 ? (
              <ul className="mt-2 rounded-card border border-line bg-surface px-4 sheet:px-5">
                {findings.map((finding) => (
                  <FindingRow key={`${finding.kind} ${finding.id}`} finding={finding} />
                ))}
              </ul>
            ) : (
              <p className="mt-2 max-w-[60ch] text-ink-2">{t('nothing.hint')}</p>
            )}
          </>
        ) : (
          <p className="mt-4 max-w-[60ch] text-ink-2">{t('lead')}</p>
        )}
      </div>
    </PageBody>
  )
}

/** All, or one kind; with how many of each where that is known exactly. */
function Kinds({ base, q, kind, counts }: Pick<SearchData, 'base' | 'q' | 'kind' | 'counts'>) {
  const { t } = useTranslation('search')
  const all = counts && KINDS.reduce((sum, each) => sum + counts[each], 0)
  const link = (to: SearchKind | null, count: number | null) => {
    const query = new URLSearchParams(to ? { q, kind: to } : { q })
    return (
      <li key={to ?? 'all'}>
        <Link
          to={`${base}/search?${query}`}
          preventScrollReset
          aria-current={kind === to ? 'true' : undefined}
          className="inline-flex min-h-8 items-center gap-1.5 rounded-full border border-line-control px-3 text-[13px] font-medium text-ink-2 hover:bg-wash hover:text-ink aria-[current=true]:border-ink aria-[current=true]:bg-ink aria-[current=true]:text-paper"
        >
          {t(`kind.${to ?? 'all'}`)}
          {count !== null && <span className="font-normal tabular-nums">{count}</span>}
        </Link>
      </li>
    )
  }
  return (
    <nav aria-label={t('kind.label')} className="mt-4">
      <ul className="flex flex-wrap gap-2">
        {link(null, all)}
        {KINDS.map((each) => link(each, counts?.[each] ?? null))}
      </ul>
    </nav>
  )
}

function Outcome({ q, found, isCut }: { q: string; found: number; isCut: boolean }) {
  const { t } = useTranslation('search')
  const asked = (
    <span lang={scriptOfText(q)} className="[overflow-wrap:anywhere] text-ink">
      {q}
    </span>
  )
  const say = (words: (q: string) => string) => (
    <Sentence say={(part) => words(part('q'))} parts={{ q: asked }} />
  )
  if (found === 0) return say((q) => t('nothing.for', { q }))
  if (isCut) return say((q) => t('found.cut', { q, count: found }))
  return say((q) => t('found.count', { q, count: found }))
}
