import { data } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { AUDIT_GROUP_NAMES } from '../../shared/audit'
import { loadRecord } from '../features/record/load-record'
import { RecordPage } from '../features/record/record-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['record'] }
export const meta = titled

/** Rows of no partnership: how people sign in is theirs and the programme's. */
export const loader = forMember(async (asked) => {
  const record = await loadRecord(asked, null)
  const title = await titleIn(asked.lang, (t) => t('record:page.title'))
  return data({ title, ...record }, record.loaded ? 200 : 422)
})

export default function AdminRecordRoute() {
  const { t } = useTranslation('record')
  const { asked, loaded } = useLoaderData<typeof loader>()
  return (
    <RecordPage
      {...{ asked, loaded }}
      base="/admin/record"
      files="/record-exports/programme"
      lead={t('page.programme')}
      groups={AUDIT_GROUP_NAMES}
    />
  )
}
