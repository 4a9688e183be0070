import { useLoaderData } from '@remix-run/react'
import { AppError } from '../../shared/errors'
import { CertificateCode } from '../../shared/schemas/afterwards'
import { CertificatePage } from '../features/afterwards/certificate-page'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'
import { forAnyone } from '../lib/route'

export const handle: I18nHandle = { i18n: ['workshop-after'] }
export const meta = titled

/** Names are in it: whoever holds the code reads it, and no search engine. */
export const headers = () => ({ 'X-Robots-Tag': 'noindex' })

/** Anybody who holds a certificate's code sees that it is true, and nothing more. */
export const loader = forAnyone(async ({ services, params, address, lang }) => {
  const code = CertificateCode.safeParse(params.code ?? '')
  if (!code.success) throw new AppError('not_found')
  const certificate = await services.certificates.checkCertificate(code.data, address)
  const isGone = certificate.revoked
  return {
    certificate,
    title: await titleIn(lang, (t) => t(`workshop-after:check.${isGone ? 'revoked' : 'title'}`)),
  }
})

export default function CertificateRoute() {
  return <CertificatePage {...useLoaderData<typeof loader>()} />
}
