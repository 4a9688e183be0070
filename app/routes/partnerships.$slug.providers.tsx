import { useLoaderData } from '@remix-run/react'
import { ProvidersPage } from '../features/afterwards/providers-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshop-after', 'people'] }
export const meta = titled

/** The register of trained providers, grown from attendance. */
export const loader = forMember(async ({ actor, services, params, lang }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  return {
    base: `/partnerships/${slug}`,
    providers: await services.providers.listProviders(actor, id),
    title: await titleIn(lang, (t) => t('workshop-after:providers.title')),
  }
})

export default function ProvidersRoute() {
  return <ProvidersPage {...useLoaderData<typeof loader>()} />
}
