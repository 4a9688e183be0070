import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { RefusedNotice } from '../../components/refused-notice'
import { useFocusRefused } from '../../lib/focus-refused'
import { useReader } from '../../lib/format'
import { useOnce } from '../../lib/once'
import { noticeOf, type Refusal } from '../../lib/refusal'

/** After a workshop a guest comes back by the address that they had there. */
export function ReturnForm({
  refusal,
  typed,
}: {
  refusal: Refusal | null
  /** What was typed when the last code was asked for. */
  typed: Readonly<Record<string, string>>
}) {
  const { t } = useTranslation('entering')
  const { lang } = useReader()
  const form = useFocusRefused(refusal)
  const once = useOnce()
  const isWrong = refusal?.refused.code === 'invalid_input'
  return (
    <Form ref={form} method="post" noValidate onSubmit={once.guard} className="grid gap-4">
      <RefusedNotice code={noticeOf(refusal)} />
      <Field
        label={t('enter.email')}
        name="email"
        type="email"
        autoComplete="email"
        required
        hint={t('enter.returnHint')}
        defaultValue={refusal?.values.email ?? typed.email ?? ''}
        autoFocus={isWrong || typed.email !== undefined}
        error={isWrong ? t('enter.emailNeeded') : undefined}
      />
      <input type="hidden" name="lang" value={lang} />
      <Button name="intent" value="return" aria-disabled={once.busy} className="min-h-10">
        {t('enter.ask')}
      </Button>
    </Form>
  )
}
