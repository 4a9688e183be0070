import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../components/button'
import { EmptyState } from '../../components/empty-state'
import { ListHead, PageBody } from '../../components/page-frame'
import type { ProtocolsData } from '../../routes/partnerships.$slug.protocols._index'
import { ProtocolRow } from './protocol-row'
import { useLiveProtocols } from './use-live-protocols'

/** The protocols of a partnership, last edited first, kept true while others write. */
export function ProtocolsPage({
  partnershipId,
  base,
  protocols: loaded,
  may,
  isObserver,
}: ProtocolsData) {
  const { t } = useTranslation('protocols')
  const protocols = useLiveProtocols(may.listen ? partnershipId : undefined, loaded)
  const toNew = may.create && <ButtonLink to={`${base}/new`}>{t('list.new')}</ButtonLink>
  return (
    <PageBody>
      <ListHead
        title={t('list.title')}
        lead={protocols.length > 0 && t('list.lead', { count: protocols.length })}
        action={protocols.length > 0 && toNew}
      />
      {protocols.length === 0 ? (
        <EmptyState sentence={t(`list.${emptySentence(isObserver, may.create)}`)} action={toNew} />
      ) : (
        <ul className="rounded-card border border-line bg-surface">
          {protocols.map((protocol) => (
            <ProtocolRow key={protocol.id} protocol={protocol} base={base} />
          ))}
        </ul>
      )}
    </PageBody>
  )
}

function emptySentence(isObserver: boolean, mayCreate: boolean) {
  if (isObserver) return 'nothingPublished'
  return mayCreate ? 'first' : 'firstReader'
}
