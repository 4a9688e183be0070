import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { scopeField, TOKEN_DAYS, TOKEN_SCOPE_NAMES } from '../../../shared/token-scopes'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import type { Refusal } from '../../lib/refusal'
import { Choice } from '../library/fields'

/** A new token: what it is for, what it may do, how long it holds. */
export function TokenForm({
  clientKey,
  isFresh,
  refusal,
}: {
  clientKey: string
  isFresh: boolean
  refusal: Refusal | null
}) {
  const { t } = useTranslation('own-data')
  const form = useFocusRefused(refusal)
  const { code = null, detail = {} } = refusal?.refused ?? {}
  const kept = refusal?.values ?? {}
  const asksPassword = !isFresh || 'password' in detail
  return (
    <Form ref={form} method="post" reloadDocument noValidate className="grid max-w-[440px] gap-5">
      {code === 'conflict' ? (
        <p role="alert" tabIndex={-1} className="font-medium text-danger">
          {t('tokens.conflict')}
        </p>
      ) : (
        <RefusedNotice code={code === 'invalid_input' ? null : code} />
      )}
      <input type="hidden" name="intent" value="make" />
      <input type="hidden" name="clientKey" value={clientKey} />
      <Field
        label={t('tokens.name')}
        hint={t('tokens.nameHint')}
        name="name"
        autoComplete="off"
        required
        defaultValue={kept.name ?? ''}
        error={'name' in detail ? t('tokens.nameWrong') : undefined}
      />
      <Scopes kept={kept} error={'scopes' in detail ? t('tokens.scopesWrong') : undefined} />
      <Choice label={t('tokens.days')} name="days" defaultValue={kept.days ?? TOKEN_DAYS[1]}>
        {TOKEN_DAYS.map((days) => (
          <option key={days} value={days}>
            {t('tokens.daysOf', { count: Number(days) })}
          </option>
        ))}
      </Choice>
      {asksPassword && (
        <Field
          label={t('tokens.password')}
          hint={t('tokens.passwordHint')}
          name="password"
          type="password"
          autoComplete="current-password"
          error={'password' in detail ? t('tokens.passwordWrong') : undefined}
        />
      )}
      <Button className="justify-self-start">{t('tokens.make')}</Button>
    </Form>
  )
}

function Scopes({
  kept,
  error,
}: {
  kept: Readonly<Record<string, string>>
  error: string | undefined
}) {
  const { t } = useTranslation('own-data')
  return (
    <fieldset aria-describedby={error ? 'scopes-error' : undefined} className="grid gap-1">
      <legend className="mb-1 font-medium">{t('tokens.scopes')}</legend>
      {TOKEN_SCOPE_NAMES.map((scope, at) => (
        <label key={scope} className="flex min-h-9 items-center gap-2.5">
          <input
            type="checkbox"
            name={scopeField(scope)}
            defaultChecked={kept[scopeField(scope)] === 'on'}
            aria-invalid={error && at === 0 ? true : undefined}
            className="size-5 shrink-0 accent-accent"
          />
          {t(`tokens.scope.${scope}`)}
        </label>
      ))}
      {error && (
        <p id="scopes-error" className="text-[13px] font-medium text-danger">
          {error}
        </p>
      )}
    </fieldset>
  )
}
