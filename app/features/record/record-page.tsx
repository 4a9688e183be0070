import { useTranslation } from 'react-i18next'
import type { AuditGroup, RecordPage as Loaded } from '../../../shared/audit'
import type { Language } from '../../../shared/languages'
import { ButtonLink } from '../../components/button'
import { Card } from '../../components/card'
import { EmptyState } from '../../components/empty-state'
import { ListHead } from '../../components/page-frame'
import { useReader } from '../../lib/format'
import { type RecordAsked, RecordFilters, recordPath } from './record-filters'
import { RecordList } from './record-list'

type Props = {
  /** Address of this page. */
  base: string
  /** Address of the whole as a file, without its ending. */
  files: string
  /** Where everything of the partnership is taken along; the programme's own record has none. */
  whole?: string
  lead: string
  asked: RecordAsked
  groups: readonly AuditGroup[]
  /** Null where what was asked for cannot be read. */
  loaded: Loaded | null
}

/** The record: narrowed by a form, read page by page, taken along as a file. */
export function RecordPage({ base, files, whole, lead, asked, groups, loaded }: Props) {
  const { t } = useTranslation('record')
  const { timeZone, lang } = useReader()
  const isNarrowed = Object.values(asked).some(Boolean)
  const { rows = [], next = null, head = null } = loaded ?? {}
  return (
    <>
      <ListHead
        title={t('page.title')}
        lead={`${lead} ${t('page.zone', { zone: zoneName(timeZone, lang) })}`}
      />
      <RecordFilters
        base={base}
        asked={asked}
        groups={groups}
        people={loaded?.people ?? {}}
        doers={loaded?.doers ?? []}
      />
      {!loaded && (
        <p role="alert" className="mb-4 font-medium text-danger">
          {t('filter.wrong')}
        </p>
      )}
      {loaded && rows.length > 0 ? (
        <RecordList rows={rows} names={loaded} />
      ) : (
        <EmptyState
          sentence={t(isNarrowed ? 'page.nothing' : 'page.empty')}
          action={
            isNarrowed && (
              <ButtonLink to={base} look="quiet">
                {t('filter.reset')}
              </ButtonLink>
            )
          }
        />
      )}
      <p className="mt-5 flex flex-wrap gap-3">
        {asked.cursor && (
          <ButtonLink to={recordPath(base, { ...asked, cursor: '' })} look="quiet">
            {t('page.newest')}
          </ButtonLink>
        )}
        {next && (
          <ButtonLink to={recordPath(base, { ...asked, cursor: next })} look="quiet">
            {t('page.next')}
          </ButtonLink>
        )}
      </p>
      <div className="mt-8 grid items-start gap-5 rail:grid-cols-2">
        <Card title={t('export.title')} id="record-export">
          <p className="max-w-[60ch] text-ink-2">{t('export.lead')}</p>
          <p className="mt-3 flex flex-wrap gap-3">
            <ButtonLink to={`${files}.csv`} look="quiet" reloadDocument>
              {t('export.csv')}
            </ButtonLink>
            <ButtonLink to={`${files}.json`} look="quiet" reloadDocument>
              {t('export.json')}
            </ButtonLink>
          </p>
        </Card>
        {whole && (
          <Card title={t('whole.title')} id="record-whole">
            <p className="max-w-[60ch] text-ink-2">{t('whole.lead')}</p>
            <p className="mt-3">
              <ButtonLink to={whole} look="quiet">
                {t('whole.go')}
              </ButtonLink>
            </p>
          </Card>
        )}
        {head && (
          <Card title={t('seal.title')} id="record-seal">
            <p className="max-w-[60ch] text-ink-2">{t('seal.lead', { seq: head.seq })}</p>
            <p
              lang="zxx"
              className="mt-2 font-mono text-[13px] break-all"
            >{`${head.seq}:${head.hash}`}</p>
          </Card>
        )}
      </div>
    </>
  )
}

/** “Eastern Time”, «Москва»: a zone as people of that language call it. */
function zoneName(timeZone: string, lang: Language): string {
  const format = new Intl.DateTimeFormat(lang, { timeZone, timeZoneName: 'longGeneric' })
  const part = format.formatToParts().find(({ type }) => type === 'timeZoneName')
  return part?.value ?? timeZone
}
