import { useTranslation } from 'react-i18next'
import type { UnitCounts } from '../../shared/views'
import { Chip } from './chip'

/** How a protocol's paragraphs stand: what agrees first, then what there is to do. */
export function UnitChips({
  counts,
  onlyTodo = false,
}: {
  counts: UnitCounts
  onlyTodo?: boolean
}) {
  const { t } = useTranslation('protocols')
  const { units, inSync, drifted, missing, draft } = counts
  if (units === 0) return <Chip>{t('counts.empty')}</Chip>
  return (
    <>
      {!onlyTodo && (
        <Chip tone={inSync === units ? 'ok' : 'plain'}>
          {t('counts.inSync', { inSync, units })}
        </Chip>
      )}
      {drifted > 0 && <Chip tone="drift">{t('counts.drifted', { count: drifted })}</Chip>}
      {missing > 0 && <Chip>{t('counts.missing', { count: missing })}</Chip>}
      {draft > 0 && <Chip>{t('counts.draft', { count: draft })}</Chip>}
    </>
  )
}
