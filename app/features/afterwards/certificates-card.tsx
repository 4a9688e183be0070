import { Form } from '@remix-run/react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttendanceView } from '../../../shared/after-views'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import type { Done, useDone } from '../workshops/use-done'

/** How many have a certificate and wait for one, and the press that issues them. */
export function CertificatesCard({
  attendance: { rows, isOver },
  doings,
}: {
  attendance: AttendanceView
  doings: ReturnType<typeof useDone>
}) {
  const { t } = useTranslation('workshop-after')
  const certified = rows.filter(({ certificate }) => certificate && !certificate.revoked).length
  const waiting = rows.filter(({ due }) => due).length
  const outdated = rows.filter(({ certificate }) => certificate?.outdated).length
  const count = waiting + outdated
  return (
    <Card id="certificates" title={t('certificates.title')}>
      <p className="text-ink-2">{t('certificates.lead', { certified, waiting })}</p>
      {rows.some(({ runs }) => runs) && (
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('certificates.notThose')}</p>
      )}
      {outdated > 0 && (
        <p className="mt-1 text-ink-2">{t('certificates.outdated', { count: outdated })}</p>
      )}
      {!isOver && <p className="mt-2 text-[13px] text-ink-2">{t('certificates.later')}</p>}
      {isOver && count > 0 && (
        // how many there were is said by the page that comes then
        <Form method="post" onSubmit={doings.doing('')} className="mt-3">
          <Button name="intent" value="issue" aria-disabled={doings.isSending || undefined}>
            {t('certificates.issue', { count })}
          </Button>
        </Form>
      )}
    </Card>
  )
}

/** What was done, in words; of certificates, how many the page was told were issued. */
export function useIssued(done: Done | null, issued: number | null): Done | null {
  const { t } = useTranslation('workshop-after')
  return useMemo(() => {
    if (done?.text) return done
    return issued === null ? null : { text: t('certificates.issued', { count: issued }) }
  }, [done, issued, t])
}
