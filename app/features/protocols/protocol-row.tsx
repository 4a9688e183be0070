import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ProtocolStatus } from '../../../shared/protocol-statuses'
import type { ProtocolSummary } from '../../../shared/views'
import { Chip, type ChipTone } from '../../components/chip'
import { LocalizedTitle } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { UnitChips } from '../../components/unit-chips'
import { useFormat } from '../../lib/format'

const TONES: Partial<Record<ProtocolStatus, ChipTone>> = { approved: 'ok', in_force: 'ok' }

/** One protocol: both titles, its status, how its paragraphs stand, who wrote last and when. */
export function ProtocolRow({ protocol, base }: { protocol: ProtocolSummary; base: string }) {
  const { t } = useTranslation('protocols')
  const format = useFormat()
  const { id, title, status, counts, editedAt, editedBy } = protocol
  return (
    <li className="relative grid gap-x-6 gap-y-2.5 border-t border-line px-4 py-4 [contain-intrinsic-size:auto_96px] [content-visibility:auto] first:border-t-0 hover:bg-paper sheet:px-5 rail:grid-cols-[minmax(0,1fr)_minmax(0,21rem)_9rem]">
      <div className="min-w-0">
        <Link
          to={`${base}/${id}`}
          prefetch="intent"
          className="font-semibold after:absolute after:inset-0 focus-visible:shadow-none focus-visible:after:shadow-[inset_0_0_0_2px_var(--accent)]"
        >
          <LocalizedTitle text={title} otherClassName="text-[13px] font-normal" />
        </Link>
      </div>
      <p className="flex flex-wrap content-start items-center gap-2 rail:pt-0.5">
        <Chip tone={TONES[status] ?? 'plain'}>{t(`status.${status}`)}</Chip>
        <UnitChips counts={counts} />
      </p>
      <p className="text-[13px] text-ink-2 rail:text-right">
        <span className="sr-only">{t('list.lastEdit')}: </span>
        {editedBy && (
          <span className="rail:block">
            <ShortName name={editedBy} />
            <span className="rail:hidden"> · </span>
          </span>
        )}
        <time dateTime={editedAt} className="text-ink-3 rail:block">
          {format.dateTime(editedAt)}
        </time>
      </p>
    </li>
  )
}
