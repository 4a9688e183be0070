import { useLoaderData } from '@remix-run/react'
import { findProviders } from '../features/afterwards/find-providers'
import { ProvidersPage } from '../features/afterwards/providers-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forMember } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshop-after', 'workshops', 'people'] }
export const meta = titled

/** The register of trained providers, grown from attendance; `?q=` looks for some of them. */
export const loader = forMember(async ({ actor, services, params, request, lang }) => {
  const { id, slug } = await services.partnerships.openPartnership(actor, params.slug ?? '')
  const q = (new URL(request.url).searchParams.get('q') ?? '').trim().slice(0, 100)
  const providers = await services.providers.listProviders(actor, id)
  return {
    base: `/partnerships/${slug}`,
    providers: findProviders(q, providers),
    all: providers.length,
    q,
    title: await titleIn(lang, (t) => t('workshop-after:providers.title')),
  }
})

export default function ProvidersRoute() {
  return <ProvidersPage {...useLoaderData<typeof loader>()} />
}
