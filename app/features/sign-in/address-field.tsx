import { useTranslation } from 'react-i18next'
import { Field } from '../../components/field'
import { type Refusal, wrongIn } from '../../lib/refusal'

/** The account's e-mail address; what was typed stays, and what is wrong with it is said in place. */
export function AddressField({ refusal }: { refusal: Refusal | null }) {
  const { t } = useTranslation('auth')
  const isWrong = 'email' in wrongIn(refusal)
  return (
    <Field
      label={t('signIn.email')}
      name="email"
      type="email"
      autoComplete="username"
      required
      defaultValue={refusal?.values.email ?? ''}
      autoFocus={isWrong}
      error={isWrong ? t('signIn.emailNeeded') : undefined}
    />
  )
}
