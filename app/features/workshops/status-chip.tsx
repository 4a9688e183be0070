import { useTranslation } from 'react-i18next'
import type { WorkshopStatus } from '../../../shared/workshops'
import { Chip } from '../../components/chip'

/** How a workshop stands, in a word. */
export function StatusChip({ status }: { status: WorkshopStatus }) {
  const { t } = useTranslation('workshops')
  return <Chip tone={status === 'live' ? 'ok' : 'plain'}>{t(`status.${status}`)}</Chip>
}
