import { data } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { PARTNERSHIP_GROUPS } from '../../shared/audit'
import { PageBody } from '../components/page-frame'
import { loadRecord } from '../features/record/load-record'
import { RecordPage } from '../features/record/record-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['record'] }
export const meta = titled

export const loader = forMember(async (asked) => {
  const { actor, services, params, lang } = asked
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const record = await loadRecord(asked, id)
  const title = await titleIn(lang, (t) => t('record:page.title'))
  const base = `/partnerships/${slug}/record`
  const files = `/record-exports/${id}`
  const whole = `/partnerships/${slug}/export`
  return data({ title, base, files, whole, ...record }, record.loaded ? 200 : 422)
})

export default function RecordRoute() {
  const { t } = useTranslation('record')
  const { base, files, whole, asked, loaded } = useLoaderData<typeof loader>()
  return (
    <PageBody>
      <RecordPage
        {...{ base, files, whole, asked, loaded }}
        lead={t('page.lead')}
        groups={PARTNERSHIP_GROUPS}
      />
    </PageBody>
  )
}
