import { useTranslation } from 'react-i18next'
import type { AttendedView } from '../../../shared/after-views'
import type { ErrorCode } from '../../../shared/errors'
import type { ExportView } from '../../../shared/export-views'
import { ButtonLink } from '../../components/button'
import { AttendedList } from './attended-list'
import { ExportPanel } from './export-panel'

type Props = {
  exports: readonly ExportView[]
  attended: readonly AttendedView[]
  refused: ErrorCode | null
}

/** One's own data: workshops and certificates, an archive of all, and the way to end the account. */
export function OwnDataPage({ exports, attended, refused }: Props) {
  const { t } = useTranslation('own-data')
  return (
    <div className="grid max-w-[64ch] gap-10">
      <section aria-labelledby="own-export">
        <h1 tabIndex={-1} id="own-export">
          {t('own.title')}
        </h1>
        <p className="mt-1 mb-5 text-ink-2">{t('own.lead')}</p>
        <ExportPanel
          exports={exports}
          action="/account/data"
          label={t('own.ask')}
          refused={refused}
        />
      </section>
      <AttendedList attended={attended} />
      <section aria-labelledby="own-end" className="border-t border-line pt-6">
        <h2 id="own-end">{t('end.title')}</h2>
        <p className="mt-1 mb-4 text-ink-2">{t('end.short')}</p>
        <ButtonLink to="/account/delete" look="danger">
          {t('end.go')}
        </ButtonLink>
      </section>
    </div>
  )
}
