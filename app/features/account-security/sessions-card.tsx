import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '../../../server/services/sessions'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { useFormat } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { Refused } from '../sign-in/refused'

type Props = { sessions: readonly SessionView[]; refusal: Refusal | null }

/** Where one is signed in, and how to end it. */
export function SessionsCard({ sessions, refusal }: Props) {
  const { t } = useTranslation('security')
  const mine = refusal?.values.intent?.startsWith('end') ? refusal : null
  return (
    <Card id="sessions" title={t('sessions.title')}>
      <p className="mb-2 max-w-[64ch] text-ink-2">{t('sessions.lead')}</p>
      <Refused refusal={mine} />
      <ul className="divide-y divide-line">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <Form method="post" reloadDocument className="mt-4">
          <Button look="danger" name="intent" value="end-others">
            {t('sessions.endOthers')}
          </Button>
        </Form>
      )}
    </Card>
  )
}

function SessionRow({ session }: { session: SessionView }) {
  const { t } = useTranslation('security')
  const format = useFormat()
  const nameId = `session-${session.id}`
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-3">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <span id={nameId} className="font-semibold">
            <DeviceName device={session.device} />
          </span>
          {session.current && <Chip>{t('sessions.current')}</Chip>}
          {session.shared && <Chip>{t('sessions.shared')}</Chip>}
        </p>
        <p className="text-[13px] text-ink-2">
          {t('sessions.times', {
            begun: format.dateTime(session.begunAt),
            seen: format.dateTime(session.seenAt),
          })}
        </p>
      </div>
      {!session.current && (
        <Form method="post" reloadDocument>
          <input type="hidden" name="sessionId" value={session.id} />
          <Button look="quiet" name="intent" value="end" aria-describedby={nameId}>
            {t('sessions.end')}
          </Button>
        </Form>
      )}
    </li>
  )
}

/** "Firefox, Windows", or as much of it as is known: names, the same in every language. */
function DeviceName({ device: { browser, system } }: Pick<SessionView, 'device'>) {
  const { t } = useTranslation('security')
  const known = [browser, system].filter(Boolean).join(', ')
  return known ? <span lang="en">{known}</span> : t('sessions.unknownDevice')
}
