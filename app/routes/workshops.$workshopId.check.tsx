import { useLoaderData } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { BackToWorkshop, EnteringFrame } from '../features/entering/entering-frame'
import { LineCheck } from '../features/entering/line-check'
import { forAnyAttendee } from '../lib/attendee-route'
import type { I18nHandle } from '../lib/i18n'
import { titled } from '../lib/page-title'
import { titleIn } from '../lib/page-title.server'

export const handle: I18nHandle = { i18n: ['entering'] }
export const meta = titled

export const loader = forAnyAttendee(async ({ workshopId, lang }) => ({
  workshopId,
  title: await titleIn(lang, (t) => t('entering:check.title')),
}))

export default function CheckRoute() {
  const { t } = useTranslation('entering')
  const { workshopId } = useLoaderData<typeof loader>()
  return (
    <EnteringFrame>
      <h1 tabIndex={-1}>{t('check.title')}</h1>
      <p className="mt-2 max-w-[64ch] text-ink-2">{t('check.lead')}</p>
      <LineCheck workshopId={workshopId} />
      <BackToWorkshop workshopId={workshopId} />
    </EnteringFrame>
  )
}
