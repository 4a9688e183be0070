import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ProtocolSummary } from '../../../shared/views'
import { LocalizedTitle } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { UnitChips } from '../../components/unit-chips'
import { useFormat } from '../../lib/format'

/** Protocols whose two texts have drifted apart or lack a counterpart: most drifted first. */
export function needingAttention(protocols: readonly ProtocolSummary[]): ProtocolSummary[] {
  return protocols
    .filter(({ counts }) => counts.drifted > 0 || counts.missing > 0)
    .sort(
      (one, other) =>
        other.counts.drifted - one.counts.drifted || other.counts.missing - one.counts.missing,
    )
}

/** Those protocols with what there is to do in each. */
export function AttentionList({
  protocols,
  base,
}: {
  protocols: readonly ProtocolSummary[]
  base: string
}) {
  const { t } = useTranslation('protocols')
  const format = useFormat()
  return (
    <ul>
      {protocols.map(({ id, title, counts, editedBy, editedAt }) => (
        <li key={id} className="grid gap-1.5 border-t border-line py-3.5 first:border-t-0">
          <Link
            to={`${base}/protocols/${id}`}
            prefetch="intent"
            className="rounded-md font-semibold underline-offset-4 hover:underline"
          >
            <LocalizedTitle text={title} otherClassName="text-[13px] font-normal" />
          </Link>
          <p className="flex flex-wrap items-center gap-2">
            <UnitChips counts={counts} onlyTodo />
            <span className="text-xs text-ink-3">
              <span className="sr-only">{t('list.lastEdit')}: </span>
              {editedBy && (
                <>
                  <ShortName name={editedBy} />
                  {' · '}
                </>
              )}
              <time dateTime={editedAt}>{format.dateTime(editedAt)}</time>
            </span>
          </p>
        </li>
      ))}
    </ul>
  )
}
