import { useTranslation } from 'react-i18next'
import type { UnitStatus } from '../../../../shared/editor/alignment'
import { LANGUAGES } from '../../../../shared/languages'
import { Button } from '../../../components/button'
import { useLive } from '../live/live-context'
import type { RowView } from './row-view'
import { NO_OFFERS } from './structure-offers'

/** What the reader may do about a row: translate, update, mark, review. */
export function SeamActions({
  row,
  units,
  onDone,
}: {
  row: RowView
  /** Those that can be marked as agreeing now. */
  units: readonly UnitStatus[]
  onDone: () => void
}) {
  const { t } = useTranslation('editor')
  const { opened, focusText, insertTranslation, mark, offersFor, applyPlace, applyJoin } = useLive()
  const { may, me } = opened
  const { missingIn } = row
  const { place, join } = may.write ? offersFor(row) : NO_OFFERS
  const and = (act: () => unknown) => () => {
    onDone()
    // after the popover has given the focus back
    requestAnimationFrame(act)
  }
  const reviewable = row.units.filter(
    ({ state, hash }) => state !== 'reviewed' && hash.en !== null && hash.ru !== null,
  )
  const isOwn = reviewable.some(
    ({ entry }) => entry?.state === 'translated' && entry.by === me?.userId,
  )
  const drifted = LANGUAGES.filter((lang) => row.notes[lang].length > 0)
  return (
    <div className="popover-actions">
      {place.map((offer) => (
        <Button key={offer.lang} type="button" look="quiet" onClick={and(() => applyPlace(offer))}>
          {t(`move.apply_${offer.lang}`)}
        </Button>
      ))}
      {join && (
        <Button type="button" onClick={and(() => applyJoin(join))}>
          {t(`join.apply_${join.lang}`)}
        </Button>
      )}
      {may.write && missingIn && row.blocks[missingIn].length === 0 && (
        <Button
          type="button"
          look={join ? 'quiet' : undefined}
          onClick={and(() => insertTranslation(row, missingIn))}
        >
          {t(`ghost.insert_${missingIn}`)}
        </Button>
      )}
      {may.write &&
        drifted.map((lang) => (
          <Button
            key={lang}
            type="button"
            look="quiet"
            onClick={and(() => focusText(row, lang, row.notes[lang][0]?.unit))}
          >
            {t(`mark.update_${lang}`)}
          </Button>
        ))}
      {may.markInSync && units.length > 0 && (
        <Button type="button" look="quiet" onClick={and(() => mark(row, 'translated'))}>
          {units.length > 1
            ? t('mark.inSyncAll', { count: units.length })
            : t(drifted.length === 1 ? 'mark.stillCorrect' : 'mark.inSync')}
        </Button>
      )}
      {may.review && reviewable.length > 0 && !isOwn && (
        <Button type="button" look="quiet" onClick={and(() => mark(row, 'reviewed'))}>
          {t('mark.reviewed')}
        </Button>
      )}
      {may.review && isOwn && <p className="popover-by">{t('mark.ownWork')}</p>}
    </div>
  )
}
