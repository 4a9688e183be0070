import { useTranslation } from 'react-i18next'
import type { RenditionView } from '../../../shared/views'
import { Button } from '../../components/button'
import { ChangeForm } from './change-form'
import { Choice } from './fields'
import { Fold } from './fold'
import { itemPath } from './item-path'
import { STATUSES } from './kinds'
import type { OpenedItem } from './open-item'

/** Say how a version stands, or take it away with a second press. */
export function RenditionActions({
  rendition,
  opened,
}: {
  rendition: RenditionView
  opened: OpenedItem
}) {
  const { t } = useTranslation('library')
  const { may, me } = opened
  const isOwn = rendition.addedBy?.id === me.id
  const path = itemPath(opened)
  const form = { action: `${path}/change`, back: path }
  const id = <input type="hidden" name="renditionId" value={rendition.id} />
  // nobody reviews what they have added themselves
  const mayReview = may.review && !isOwn
  const statuses = STATUSES.filter((status) => mayReview || status !== 'reviewed')
  const mayRemove = may.removeAny || (isOwn && may.removeOwn)
  return (
    <>
      {may.add && (
        <Fold word={t('item.changeStatus')}>
          {(close) => (
            <ChangeForm {...form} onDone={close} className="grid max-w-80 gap-3">
              {(_refusal, isBusy) => (
                <>
                  {id}
                  <Choice
                    label={t('item.status')}
                    name="status"
                    defaultValue={
                      statuses.find((status) => status === rendition.status) ?? 'translated'
                    }
                  >
                    {statuses.map((status) => (
                      <option key={status} value={status}>
                        {t(`status.${status}`)}
                      </option>
                    ))}
                  </Choice>
                  {isOwn && <p className="text-[13px] text-ink-2">{t('item.reviewedByOthers')}</p>}
                  <p>
                    <Button
                      look="quiet"
                      name="intent"
                      value="status"
                      aria-disabled={isBusy || undefined}
                    >
                      {t('item.saveStatus')}
                    </Button>
                  </p>
                </>
              )}
            </ChangeForm>
          )}
        </Fold>
      )}
      {mayRemove && (
        <Fold word={t('item.remove')} tone="danger">
          {() => (
            <ChangeForm {...form} className="grid gap-3">
              {(_refusal, isBusy) => (
                <>
                  {id}
                  <p className="text-[13px] text-ink-2">{t('item.removeNote')}</p>
                  <p>
                    <Button
                      look="danger"
                      name="intent"
                      value="remove"
                      aria-disabled={isBusy || undefined}
                    >
                      {t('item.removeNow')}
                    </Button>
                  </p>
                </>
              )}
            </ChangeForm>
          )}
        </Fold>
      )}
    </>
  )
}
