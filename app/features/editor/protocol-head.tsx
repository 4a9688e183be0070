import { Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { ProtocolSummary } from '../../../shared/views'
import { Chip } from '../../components/chip'
import { LocalizedTitle } from '../../components/localized-title'
import { PurgeLink } from '../privacy/purge-link'
import { RemovedLines } from '../privacy/removed-line'
import { CountChips } from './count-chips'
import type { OpenedProtocol } from './open-protocol'
import { usePageLive } from './page-live'
import { PeopleHere } from './people-here'
import { RenameForm } from './rename-form'
import { StatusLine } from './status-line'

/** Where am I, what is this, how does it stand, who is here. */
export function ProtocolHead({
  protocol,
  slug,
  mayRename,
  mayPurge,
  copies,
  purges,
}: {
  protocol: ProtocolSummary
  slug: string
  mayRename: boolean
  mayPurge: boolean
  /** How many were kept before most of the text was removed. */
  copies: number
  purges: OpenedProtocol['purges']
}) {
  const { t } = useTranslation(['editor', 'protocols'])
  const title = usePageLive().title ?? protocol.title
  return (
    <header className="protocol-head">
      <nav aria-label={t('editor:crumb.label')} className="crumb">
        {protocol.workshopId ? (
          <Link to={`/partnerships/${slug}/workshops/${protocol.workshopId}`}>
            {t('editor:crumb.workshop')}
          </Link>
        ) : (
          <Link to={`/partnerships/${slug}/protocols`}>{t('editor:crumb.protocols')}</Link>
        )}
      </nav>
      <LocalizedTitle text={title} as="h1" otherClassName="protocol-title-other" />
      <div className="head-line">
        <Chip>{t(`protocols:status.${protocol.status}`)}</Chip>
        <CountChips counts={protocol.counts} />
        <StatusLine />
        <span className="head-gap" />
        <PeopleHere />
        {copies > 0 && (
          <Link
            to={`/partnerships/${slug}/protocols/${protocol.id}/copies`}
            className="notice-link"
          >
            {t('protocols:copies.link', { count: copies })}
          </Link>
        )}
        {mayPurge && <PurgeLink slug={slug} at={{ what: 'text', protocol: protocol.id }} />}
        {mayRename && (
          <RenameForm key={`${title.en} ${title.ru}`} title={title} base={purges[0]?.id ?? ''} />
        )}
      </div>
      <RemovedLines purges={purges} />
    </header>
  )
}
