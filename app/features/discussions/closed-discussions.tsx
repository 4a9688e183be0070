import { useTranslation } from 'react-i18next'
import { PageBody } from '../../components/page-frame'
import { PublishedLink } from '../../components/published-link'

/** To an observer: the page is there, the discussions are among the members. */
export function ClosedDiscussions() {
  const { t } = useTranslation('discussions')
  return (
    <PageBody>
      <h1 tabIndex={-1}>{t('list.title')}</h1>
      <p className="mt-3 max-w-[60ch] text-ink-2">{t('list.closed')}</p>
      <PublishedLink />
    </PageBody>
  )
}
