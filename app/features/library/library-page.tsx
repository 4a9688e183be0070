import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { RESOURCE_KINDS, type ResourceKind } from '../../../shared/resource-kinds'
import type { ResourceView } from '../../../shared/views'
import { ButtonLink } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { ListHead, PageBody } from '../../components/page-frame'
import { PublishedLink } from '../../components/published-link'
import type { LibraryData } from '../../routes/partnerships.$slug.resources._index'
import type { Shelf } from './library-facts'
import { LibraryFilters, libraryPath } from './library-filters'
import { LibraryRow } from './library-row'
import { NewsLine } from './news-line'
import { useLiveLibrary } from './use-live-library'

/** The library of a partnership by kinds, kept true while others add to it. */
export function LibraryPage(data: LibraryData) {
  const { partnershipId, base, may, asked, limit, loaded } = data
  const { t } = useTranslation('library')
  const shelf: Shelf = useMemo(
    () => ({ ...loaded, ...asked, limit, isFirst: !asked.cursor, heard: {}, isStale: false }),
    [loaded, asked, limit],
  )
  const { items, news } = useLiveLibrary(may.listen ? partnershipId : undefined, shelf)
  const isWhole = !asked.kind && !asked.missing && !asked.cursor
  const isFirstUse = isWhole && items.length === 0
  const toNew = may.create && <ButtonLink to={`${base}/new`}>{t('list.new')}</ButtonLink>
  return (
    <PageBody>
      <ListHead title={t('list.title')} lead={t('list.lead')} action={!isFirstUse && toNew} />
      {!isFirstUse && <LibraryFilters base={base} asked={asked} />}
      <NewsLine news={news} />
      {items.length === 0 ? (
        <EmptyState
          sentence={isFirstUse ? t(may.create ? 'list.first' : 'list.firstReader') : nothing()}
          action={
            isFirstUse ? (
              toNew
            ) : (
              <ButtonLink to={base} look="quiet">
                {t('filter.reset')}
              </ButtonLink>
            )
          }
        />
      ) : (
        <div className="mt-2 grid gap-7">
          {groupsOf(items).map(([kind, group]) => (
            <Group key={kind} kind={kind} items={group} base={base} />
          ))}
        </div>
      )}
      <p className="mt-6 flex flex-wrap gap-3">
        {asked.cursor && (
          <ButtonLink to={libraryPath(base, asked)} look="quiet">
            {t('list.start')}
          </ButtonLink>
        )}
        {loaded.next && (
          <ButtonLink to={libraryPath(base, asked, loaded.next)} look="quiet">
            {t('list.next')}
          </ButtonLink>
        )}
      </p>
    </PageBody>
  )

  function nothing() {
    return asked.missing ? t('list.nothingMissing') : t('list.nothing')
  }
}

function Group({
  kind,
  items,
  base,
}: {
  kind: ResourceKind
  items: readonly ResourceView[]
  base: string
}) {
  const { t } = useTranslation('library')
  return (
    <section aria-labelledby={`kind-${kind}`}>
      <h2 id={`kind-${kind}`} className="mb-2 text-[0.9375rem] text-ink-2">
        {t(`kinds.${kind}`)}
      </h2>
      <ul className="rounded-card border border-line bg-surface">
        {items.map((item) => (
          <LibraryRow key={item.id} item={item} base={base} />
        ))}
      </ul>
    </section>
  )
}

/** By kind in a set order; within a kind as they came, last changed first. */
function groupsOf(items: readonly ResourceView[]): [ResourceKind, ResourceView[]][] {
  return RESOURCE_KINDS.flatMap((kind) => {
    const group = items.filter((item) => item.kind === kind)
    return group.length > 0 ? [[kind, group] satisfies [ResourceKind, ResourceView[]]] : []
  })
}

/** For an observer, who may see the partnership but not its working files. */
export function ClosedLibrary() {
  const { t } = useTranslation('library')
  return (
    <PageBody>
      <h1 tabIndex={-1}>{t('closed.title')}</h1>
      <p className="mt-3 max-w-[60ch] text-ink-2">{t('closed.lead')}</p>
      <PublishedLink />
    </PageBody>
  )
}
