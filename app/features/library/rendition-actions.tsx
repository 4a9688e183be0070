import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CHOSEN_STATUSES } from '../../../shared/resource-kinds'
import type { RenditionView } from '../../../shared/views'
import { Button } from '../../components/button'
import { PurgeLink } from '../privacy/purge-link'
import { ChangeForm } from './change-form'
import { Choice } from './fields'
import { FoldRow, type RowFold } from './fold-row'
import { itemPath } from './item-path'
import type { OpenedItem } from './open-item'

/** The way to a version; say how it stands, or take it away with a second press. */
export function RenditionActions({
  rendition,
  opened,
  children,
}: {
  rendition: RenditionView
  opened: OpenedItem
  /** The way to the version, first in the row. */
  children: ReactNode
}) {
  const { t } = useTranslation('library')
  const { may, me } = opened
  const isOwn = rendition.addedBy?.id === me.id
  const path = itemPath(opened)
  const form = { action: `${path}/change`, back: path }
  const id = <input type="hidden" name="renditionId" value={rendition.id} />
  // nobody reviews what they have added themselves
  const mayReview = may.review && !isOwn
  const statuses = CHOSEN_STATUSES.filter((status) => mayReview || status !== 'reviewed')
  const mayRemove = may.removeAny || (isOwn && may.removeOwn)
  const status = (close: () => void) => (
    <ChangeForm {...form} onDone={close} className="grid max-w-80 gap-3">
      {(_refusal, isBusy) => (
        <>
          {id}
          <Choice
            label={t('item.status')}
            name="status"
            defaultValue={statuses.find((each) => each === rendition.status) ?? 'translated'}
          >
            {statuses.map((each) => (
              <option key={each} value={each}>
                {t(`status.${each}`)}
              </option>
            ))}
          </Choice>
          {isOwn && <p className="text-[13px] text-ink-2">{t('item.reviewedByOthers')}</p>}
          <p>
            <Button look="quiet" name="intent" value="status" aria-disabled={isBusy || undefined}>
              {t('item.saveStatus')}
            </Button>
          </p>
        </>
      )}
    </ChangeForm>
  )
  const removal = () => (
    <ChangeForm {...form} className="grid gap-3">
      {(_refusal, isBusy) => (
        <>
          {id}
          <p className="text-[13px] text-ink-2">{t('item.removeNote')}</p>
          <p>
            <Button look="danger" name="intent" value="remove" aria-disabled={isBusy || undefined}>
              {t('item.removeNow')}
            </Button>
          </p>
        </>
      )}
    </ChangeForm>
  )
  const folds: RowFold[] = []
  if (may.add) folds.push({ key: 'status', word: t('item.changeStatus'), render: status })
  if (mayRemove) {
    folds.push({ key: 'remove', word: t('item.remove'), tone: 'danger', render: removal })
  }
  const at = { what: 'file', resource: opened.item.id, rendition: rendition.id } as const
  return (
    <>
      <FoldRow folds={folds}>{children}</FoldRow>
      {may.purge && rendition.source.kind === 'file' && (
        <p>
          <PurgeLink slug={opened.slug} at={at} />
        </p>
      )}
    </>
  )
}
