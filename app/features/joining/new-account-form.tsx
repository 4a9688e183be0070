import { Form } from '@remix-run/react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { JoinView } from '../../../shared/schemas/invitations'
import { Button } from '../../components/button'
import { useFocusRefused } from '../../lib/focus-refused'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { Choice } from '../library/fields'
import { Fold } from '../library/fold'
import { CadreOptions } from '../people/cadre-name'
import {
  isOtherNameWrong,
  OtherNameFields,
  OwnNameFields,
  useOfferedLatin,
} from '../profile/name-fields'
import { PasswordField, usePasswordFault } from '../sign-in/password-field'
import { Refused } from '../sign-in/refused'
import { SharedComputer } from '../sign-in/shared-computer'

type Props = { view: JoinView; clientKey: string; refusal: Refusal | null }

/** As little as it takes: who one is, how one will sign in, yes. */
export function NewAccountForm({ view, clientKey, refusal }: Props) {
  const { t } = useTranslation(['invitations', 'account', 'people', 'auth'])
  const form = useFocusRefused(refusal)
  const { offered, onInput } = useOfferedLatin(refusal)
  return (
    <Form
      ref={form}
      method="post"
      reloadDocument
      noValidate
      onInput={onInput}
      className="grid gap-4"
    >
      <Refused refusal={refusal} />
      <p>
        {t('join.newAccount')} <strong className="[overflow-wrap:anywhere]">{view.email}</strong>
      </p>
      <OwnNameFields refusal={refusal} />
      <Fold word={t('account:name.more')} isOpen={isOtherNameWrong(refusal)}>
        {() => (
          <div className="grid gap-4">
            <OtherNameFields refusal={refusal} offered={offered} />
          </div>
        )}
      </Fold>
      {view.cadre === null && (
        <Choice
          label={t('people:cadreLabel')}
          name="cadre"
          defaultValue={refusal?.values.cadre ?? 'physician'}
        >
          <CadreOptions />
        </Choice>
      )}
      <WayIn email={view.email} refusal={refusal} />
      <SharedComputer defaultChecked={Boolean(refusal?.values.shared)} />
      <input type="hidden" name="clientKey" value={refusal?.values.clientKey ?? clientKey} />
      <Button className="min-h-10">{t('join.yes')}</Button>
    </Form>
  )
}

/** A password, or a code by mail each time. */
function WayIn({ email, refusal }: { email: string; refusal: Refusal | null }) {
  const { t } = useTranslation(['invitations', 'auth'])
  const fault = usePasswordFault()(wrongIn(refusal).password)
  const byCode = refusal?.values.by === 'code'
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1.5 font-medium">{t('join.wayIn')}</legend>
      <Way value="password" label={t('join.byPassword')} isChosen={!byCode} />
      {/* for password managers, which file what is typed under it */}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <div className="pl-[30px] [fieldset:has(input[value=code]:checked)_&]:hidden">
        <PasswordField
          label={t('auth:signIn.password')}
          name="password"
          autoComplete="new-password"
          hint={t('auth:password.rule')}
          required={false}
          error={fault}
        />
      </div>
      <Way value="code" label={t('join.byCode')} isChosen={byCode} />
    </fieldset>
  )
}

function Way({ value, label, isChosen }: { value: string; label: string; isChosen: boolean }) {
  const id = useId()
  return (
    <div className="grid grid-cols-[auto_1fr] gap-x-2.5">
      <input
        id={id}
        type="radio"
        name="by"
        value={value}
        defaultChecked={isChosen}
        className="mt-0.5 size-5 accent-accent"
      />
      <label htmlFor={id}>{label}</label>
    </div>
  )
}
