import { useTranslation } from 'react-i18next'
import { usePartnership } from '../lib/partnership'
import { ButtonLink } from './button'

/** On a page that is closed to its reader: the way to what they may read here. */
export function PublishedLink() {
  const { t } = useTranslation('errors')
  const within = usePartnership()
  if (!within?.may.listProtocols) return null
  return (
    <p className="mt-5">
      <ButtonLink to={`/partnerships/${within.partnership.slug}/protocols`} look="quiet">
        {t('page.published')}
      </ButtonLink>
    </p>
  )
}
