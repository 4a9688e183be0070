import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { can } from '../../shared/policy'
import { EmptyState } from '../components/empty-state'
import { PageFrame } from '../components/page-frame'
import { PartnershipCard } from '../features/partnerships/partnership-card'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'
import { useVisitor } from '../lib/visitor'

// with the words of the pages one goes to from here
export const handle: I18nHandle = { i18n: ['partnerships', 'people', 'protocols'] }
export const meta = titled

export const loader = forMember(async ({ actor, services, lang }) => {
  const isAdmin = can(actor, 'partnership:create', { partnershipId: '' })
  return {
    title: await titleIn(lang, (t) =>
      t(isAdmin ? 'partnerships:list.titleAdmin' : 'partnerships:list.title'),
    ),
    partnerships: await services.partnerships.listMyPartnerships(actor),
    isAdmin,
  }
})

export default function PartnershipsPage() {
  const { t } = useTranslation('partnerships')
  const { partnerships, isAdmin } = useLoaderData<typeof loader>()
  const { person } = useVisitor()
  return (
    <PageFrame>
      <h1 tabIndex={-1} className="mb-6">
        {isAdmin ? t('list.titleAdmin') : t('list.title')}
      </h1>
      {partnerships.length === 0 ? (
        <EmptyState sentence={t('list.empty', { email: person?.email ?? '' })} />
      ) : (
        <ul className="grid gap-4">
          {partnerships.map((partnership) => (
            <li key={partnership.id}>
              <PartnershipCard partnership={partnership} />
            </li>
          ))}
        </ul>
      )}
    </PageFrame>
  )
}
