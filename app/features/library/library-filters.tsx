import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { LANGUAGES, type Language } from '../../../shared/languages'
import { RESOURCE_KINDS, type ResourceKind } from '../../../shared/resource-kinds'
import { Button } from '../../components/button'
import { TAB_LOOK } from '../../components/tab-look'

type Asked = { kind: ResourceKind | null; missing: Language | null }

/** What of the library is shown: by what is missing, and by kind. Links and a plain form. */
export function LibraryFilters({ base, asked }: { base: string; asked: Asked }) {
  const { t } = useTranslation('library')
  const tab = (missing: Language | null, label: string) => (
    <Link
      key={missing}
      to={libraryPath(base, { ...asked, missing })}
      aria-current={asked.missing === missing ? 'true' : undefined}
      className={TAB_LOOK}
    >
      {label}
    </Link>
  )
  return (
    <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <nav aria-label={t('filter.missing')} className="flex flex-wrap gap-x-5 gap-y-1">
        {tab(null, t('filter.all'))}
        {LANGUAGES.map((lang) => tab(lang, t(`filter.without_${lang}`)))}
      </nav>
      <Form method="get" action={base} className="flex items-center gap-2">
        {asked.missing && <input type="hidden" name="missing" value={asked.missing} />}
        <label className="flex items-center gap-2 text-[13px] text-ink-2">
          {t('filter.kind')}
          <select
            key={asked.kind}
            name="kind"
            defaultValue={asked.kind ?? ''}
            className="min-h-9 rounded-lg border border-line-control bg-surface px-2.5 py-1.5 text-[0.9375rem] text-ink"
          >
            <option value="">{t('filter.anyKind')}</option>
            {RESOURCE_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kinds.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        <Button look="quiet">{t('filter.show')}</Button>
      </Form>
    </div>
  )
}

/** The address of a part of the library. */
export function libraryPath(base: string, { kind, missing }: Asked, cursor?: string): string {
  const search = new URLSearchParams()
  if (kind) search.set('kind', kind)
  if (missing) search.set('missing', missing)
  if (cursor) search.set('cursor', cursor)
  const query = search.toString()
  return query ? `${base}?${query}` : base
}
