import { Outlet } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../shared/errors'
import { can } from '../../shared/policy'
import { PageFrame } from '../components/page-frame'
import { SectionTabs } from '../components/section-tabs'
import type { I18nHandle } from '../lib/i18n'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['admin', 'record'] }

/** The programme's own pages do not exist for anybody else; each of them asks for itself. */
export const loader = forMember(async ({ actor }) => {
  if (!can(actor, 'system:inspect', { partnershipId: '' })) throw new AppError('not_found')
  return null
})

export default function AdminLayout() {
  const { t } = useTranslation('admin')
  return (
    <PageFrame>
      <SectionTabs
        label={t('tabs.label')}
        tabs={[
          { to: '/admin', label: t('tabs.mail'), end: true },
          { to: '/admin/record', label: t('tabs.record') },
        ]}
      />
      <Outlet />
    </PageFrame>
  )
}
