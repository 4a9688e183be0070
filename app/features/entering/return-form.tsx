import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'

/** After a workshop a guest comes back by the address that they had there. */
export function ReturnForm({ refusal }: { refusal: Refusal | null }) {
  const { t } = useTranslation('entering')
  const { lang } = useReader()
  const code = refusal?.refused.code ?? null
  const isWrong = code === 'invalid_input'
  return (
    <Form method="post" reloadDocument noValidate className="grid gap-4">
      <RefusedNotice code={isWrong ? null : code} />
      <Field
        label={t('enter.email')}
        name="email"
        type="email"
        autoComplete="email"
        required
        hint={t('enter.returnHint')}
        defaultValue={refusal?.values.email ?? ''}
        error={isWrong ? t('enter.emailNeeded') : undefined}
      />
      <input type="hidden" name="lang" value={lang} />
      <Button name="intent" value="return" className="min-h-10">
        {t('enter.ask')}
      </Button>
    </Form>
  )
}
