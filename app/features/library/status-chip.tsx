import { useTranslation } from 'react-i18next'
import type { RenditionStatus } from '../../../shared/resource-kinds'
import { Chip, type ChipTone } from '../../components/chip'

const TONES: Partial<Record<RenditionStatus, ChipTone>> = { reviewed: 'ok', outdated: 'drift' }

/** The same signs as on the seam of a protocol. */
const SIGNS: Record<RenditionStatus, string> = {
  original: '●',
  draft: '…',
  translated: '=',
  reviewed: '✓',
  outdated: '≠',
}

/** How a version stands towards the original, in a sign and a word. */
export function StatusChip({ status }: { status: RenditionStatus }) {
  const { t } = useTranslation('library')
  return (
    <Chip tone={TONES[status] ?? 'plain'}>
      <span aria-hidden="true" className={status === 'original' ? 'text-[10px]' : ''}>
        {SIGNS[status]}
      </span>
      {t(`status.${status}`)}
    </Chip>
  )
}
