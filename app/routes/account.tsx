import { Outlet } from '@remix-run/react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorMessage } from '../components/error-page'
import { PageFrame } from '../components/page-frame'
import { SectionTabs } from '../components/section-tabs'
import type { I18nHandle } from '../lib/i18n'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['account', 'people'] }

/** One's own account is there for whoever is signed in; each of its pages asks for itself. */
export const loader = forMember(async () => null)

export default function AccountLayout() {
  return (
    <AccountFrame>
      <Outlet />
    </AccountFrame>
  )
}

function AccountFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation('account')
  return (
    <PageFrame>
      <SectionTabs
        label={t('tabs.label')}
        tabs={[
          { to: '/account', label: t('tabs.profile'), end: true },
          { to: '/account/security', label: t('tabs.security') },
          { to: '/account/calendar', label: t('tabs.calendar') },
          { to: '/account/tokens', label: t('tabs.tokens') },
          { to: '/account/data', label: t('tabs.data') },
        ]}
      />
      {children}
    </PageFrame>
  )
}

export function ErrorBoundary() {
  return (
    <AccountFrame>
      <ErrorMessage />
    </AccountFrame>
  )
}
