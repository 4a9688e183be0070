import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors'
import type { ExportView } from '../../../shared/export-views'
import { FormHead, PageBody } from '../../components/page-frame'
import { ExportPanel } from './export-panel'

type Props = { base: string; exports: readonly ExportView[]; refused: ErrorCode | null }

/** Taking a whole partnership along: what is in the archive, asking for it, fetching it. */
export function PartnershipExportPage({ base, exports, refused }: Props) {
  const { t } = useTranslation(['own-data', 'common'])
  return (
    <PageBody>
      <FormHead
        list={{ to: `${base}/record`, title: t('common:nav.record') }}
        title={t('partnership.title')}
        lead={t('partnership.lead')}
      />
      <ul className="mt-4 mb-6 max-w-[64ch] list-disc pl-5">
        <li>{t('partnership.texts')}</li>
        <li>{t('partnership.files')}</li>
        <li>{t('partnership.people')}</li>
        <li>{t('partnership.record')}</li>
      </ul>
      <p className="mb-6 max-w-[64ch] text-[13px] text-ink-2">{t('partnership.recorded')}</p>
      <ExportPanel
        exports={exports}
        action={`${base}/export`}
        label={t('partnership.ask')}
        refused={refused}
      />
    </PageBody>
  )
}
