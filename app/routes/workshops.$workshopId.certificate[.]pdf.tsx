import { Id } from '../../shared/ids'
import { forOwnLink } from '../lib/attendee-route'
import { toDownload } from '../lib/download.server'

/** One's own certificate; with `?participant=` anybody's, for those who run the workshop. */
export const loader = forOwnLink(async ({ actor, services, workshopId, request }) => {
  const asked = Id.safeParse(new URL(request.url).searchParams.get('participant'))
  const { name, bytes } = await services.certificates.openCertificate(
    actor,
    workshopId,
    asked.success ? asked.data : undefined,
  )
  return toDownload({ name, bytes, mediaType: 'application/pdf' })
})
