import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../components/button'
import { EmptyState } from '../../components/empty-state'

/**
 * How much there is for the reader: `closed` to the programme without an opening, `observer` with
 * something published or nothing, `first` before there is a protocol (by who may start one), `open`.
 */
export type HomeStage =
  | 'open'
  | 'first'
  | 'firstReader'
  | 'observer'
  | 'nothingPublished'
  | 'closed'

/** In place of the columns, or above them: why there is nothing to do here, and the next step. */
export function HomeNotice({ stage, base }: { stage: Exclude<HomeStage, 'open'>; base: string }) {
  const { t } = useTranslation(['partnerships', 'protocols'])
  const action =
    stage === 'first' ? (
      <ButtonLink to={`${base}/protocols/new`}>{t('protocols:list.new')}</ButtonLink>
    ) : stage === 'observer' ? (
      <ButtonLink to={`${base}/protocols`}>{t('start.published')}</ButtonLink>
    ) : stage === 'closed' ? (
      <ButtonLink to={`${base}/open`}>{t('start.openAsAdmin')}</ButtonLink>
    ) : undefined
  return <EmptyState sentence={t(`start.${stage}`)} action={action} />
}
