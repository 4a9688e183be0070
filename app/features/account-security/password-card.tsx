import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { Card } from '../../components/card'
import { useFocusRefused } from '../../lib/focus-refused'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { PasswordField, usePasswordFault } from '../sign-in/password-field'
import { Refused } from '../sign-in/refused'

export type PasswordState = { hasPassword: boolean; demo: boolean; email: string }

type Props = { password: PasswordState; refusal: Refusal | null }

/** One's password: changed with the present one, or made by a link where there is none. */
export function PasswordCard({ password, refusal }: Props) {
  const { t } = useTranslation('security')
  return (
    <Card id="password" title={t('password.title')}>
      {password.demo ? (
        <p className="text-ink-2">{t('password.demo')}</p>
      ) : (
        <>
          <p className="mb-4 max-w-[64ch] text-ink-2">
            {t(password.hasPassword ? 'password.lead' : 'password.none')}
          </p>
          {password.hasPassword && <ChangeForm password={password} refusal={refusal} />}
          <AskLink hasPassword={password.hasPassword} refusal={refusal} />
        </>
      )}
    </Card>
  )
}

function ChangeForm({ password, refusal }: Props) {
  const { t } = useTranslation(['security', 'auth'])
  const mine = refusal?.values.intent === 'password' ? refusal : null
  const form = useFocusRefused(mine)
  const wrong = wrongIn(mine)
  const fault = usePasswordFault()(wrong.password)
  const isWrong = 'currentPassword' in wrong
  return (
    <Form ref={form} method="post" reloadDocument noValidate className="grid max-w-[400px] gap-4">
      <Refused refusal={mine} />
      {/* for password managers, which file what is typed under it */}
      <input
        type="hidden"
        name="username"
        autoComplete="username"
        value={password.email}
        readOnly
      />
      <PasswordField
        label={t('security:password.current')}
        name="currentPassword"
        autoComplete="current-password"
        error={isWrong ? t('security:password.wrong') : undefined}
      />
      <PasswordField
        label={t('auth:password.new')}
        name="password"
        autoComplete="new-password"
        hint={t('auth:password.rule')}
        error={fault}
      />
      <Button name="intent" value="password" className="justify-self-start">
        {t('security:password.change')}
      </Button>
    </Form>
  )
}

/** For whoever has no password, or does not know it any more. */
function AskLink({ hasPassword, refusal }: { hasPassword: boolean; refusal: Refusal | null }) {
  const { t } = useTranslation('security')
  const mine = refusal?.values.intent === 'link' ? refusal : null
  return (
    <Form method="post" reloadDocument className="mt-4 grid gap-2">
      <Refused refusal={mine} />
      {hasPassword && <p className="text-[13px] text-ink-2">{t('password.unknown')}</p>}
      <Button look="quiet" name="intent" value="link" className="justify-self-start">
        {t('password.link')}
      </Button>
    </Form>
  )
}
