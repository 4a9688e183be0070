import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { InvitationView } from '../../../shared/schemas/invitations'
import type { SideView } from '../../../shared/views'
import { Button } from '../../components/button'
import { Chip } from '../../components/chip'
import { InLanguage } from '../../components/localized-title'
import { ShortName } from '../../components/person-name'
import { useFormat } from '../../lib/format'

/** The letters that have gone, for those who send them: what waits, what is over. */
export function InvitationList({
  invitations,
  sides,
}: {
  invitations: readonly InvitationView[]
  sides: readonly SideView[]
}) {
  const { t } = useTranslation('people')
  return (
    <section aria-labelledby="invitations-title">
      <h2 id="invitations-title" className="text-lg">
        {t('invitations.title')}
      </h2>
      {invitations.length === 0 ? (
        <p className="mt-1 text-ink-2">{t('invitations.none')}</p>
      ) : (
        <ul className="mt-3 rounded-card border border-line bg-surface">
          {invitations.map((each) => (
            <Line
              key={each.id}
              invitation={each}
              side={sides.find(({ id }) => id === each.sideId)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

function Line({
  invitation: { id, email, role, status, by, sentAt, until, endedAt },
  side,
}: {
  invitation: InvitationView
  side: SideView | undefined
}) {
  const { t } = useTranslation(['people', 'common'])
  const format = useFormat()
  const mayResend = status === 'open' || status === 'expired'
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 border-t border-line px-4 py-3 first:border-t-0 sheet:px-5">
      <div className="min-w-0">
        <p className="font-semibold [overflow-wrap:anywhere]">{email}</p>
        <p className="text-[13px] text-ink-2">
          {t(`common:role.${role}`)}
          {side && (
            <>
              {' · '}
              <InLanguage text={side.place} />
            </>
          )}
          {by && (
            <>
              {' · '}
              <ShortName name={by} />
            </>
          )}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-2 text-[13px] text-ink-2">
          <Chip tone={status === 'accepted' ? 'ok' : 'plain'}>{t(`invitations.is.${status}`)}</Chip>
          {status === 'open'
            ? t('invitations.until', { sent: format.date(sentAt), until: format.date(until) })
            : format.date(endedAt ?? until)}
        </p>
      </div>
      {mayResend && (
        <Form method="post" className="flex flex-wrap gap-2">
          <input type="hidden" name="invitationId" value={id} />
          <Button
            look="quiet"
            name="intent"
            value="resend"
            aria-label={t('invitations.resendTo', { email })}
          >
            {t('invitations.resend')}
          </Button>
          <Button
            look="danger"
            name="intent"
            value="revoke"
            aria-label={t('invitations.revokeOf', { email })}
          >
            {t('invitations.revoke')}
          </Button>
        </Form>
      )}
    </li>
  )
}
