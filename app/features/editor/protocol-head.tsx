import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ProtocolSummary } from '../../../shared/views'
import { Chip } from '../../components/chip'
import { LocalizedTitle } from '../../components/localized-title'
import { CountChips } from './count-chips'
import { usePageLive } from './page-live'
import { PeopleHere } from './people-here'
import { RenameForm } from './rename-form'
import { StatusLine } from './status-line'

/** Where am I, what is this, how does it stand, who is here. */
export function ProtocolHead({
  protocol,
  slug,
  mayRename,
}: {
  protocol: ProtocolSummary
  slug: string
  mayRename: boolean
}) {
  const { t } = useTranslation(['editor', 'protocols'])
  const title = usePageLive().title ?? protocol.title
  return (
    <header className="protocol-head">
      <nav aria-label={t('editor:crumb.label')} className="crumb">
        <Link to={`/partnerships/${slug}/protocols`}>{t('editor:crumb.protocols')}</Link>
      </nav>
      <LocalizedTitle text={title} as="h1" otherClassName="protocol-title-other" />
      <div className="head-line">
        <Chip>{t(`protocols:status.${protocol.status}`)}</Chip>
        <CountChips counts={protocol.counts} />
        <StatusLine />
        <span className="head-gap" />
        <PeopleHere />
        {mayRename && <RenameForm key={`${title.en} ${title.ru}`} title={title} />}
      </div>
    </header>
  )
}
