import { Form, Link } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { withPlace } from '../../lib/safe-redirect'
import { AddressField } from './address-field'
import { NarrowPage } from './narrow-page'
import { Refused } from './refused'
import { SharedComputer } from './shared-computer'

/** What is wrong with a code, by what the server said. */
const FAULTS: Record<string, 'code.wrong' | 'code.over'> = {
  wrong: 'code.wrong',
  over: 'code.over',
}

type Props = { refusal: Refusal | null; redirectTo: string }

/** A code by mail in place of the password: for which address? */
export function AskCodePage({ refusal, redirectTo }: Props) {
  const { t } = useTranslation('auth')
  return (
    <NarrowPage title={t('code.title')} lead={t('code.lead')}>
      <Form method="post" action="/sign-in/code" reloadDocument noValidate className="grid gap-4">
        <Refused refusal={refusal} />
        <AddressField refusal={refusal} />
        <SharedComputer defaultChecked={Boolean(refusal?.values.shared)} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <Button name="intent" value="ask" className="min-h-10">
          {t('code.ask')}
        </Button>
      </Form>
      <BackToPassword redirectTo={redirectTo} />
    </NarrowPage>
  )
}

/** The code of the letter, in the browser that asked for it. */
export function EnterCodePage({ refusal, redirectTo }: Props) {
  const { t } = useTranslation('auth')
  const wrong = wrongIn(refusal).code
  const again = withPlace('/sign-in/code?again=1', redirectTo)
  return (
    <NarrowPage title={t('code.sentTitle')} lead={t('code.sent')}>
      <Form method="post" action="/sign-in/code" reloadDocument noValidate className="grid gap-4">
        <Refused refusal={refusal} />
        <Field
          label={t('code.label')}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={50}
          required
          autoFocus
          hint={t('code.hint')}
          error={wrong && t(FAULTS[wrong] ?? 'code.needed')}
        />
        {/* for asking again: where one goes with the right code is known already */}
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <Button name="intent" value="enter" className="min-h-10">
          {t('signIn.submit')}
        </Button>
      </Form>
      <p className="mt-5">
        <Link
          to={again}
          reloadDocument
          className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
        >
          {t('code.again')}
        </Link>
      </p>
      <BackToPassword redirectTo={redirectTo} />
    </NarrowPage>
  )
}

export function BackToPassword({ redirectTo }: { redirectTo: string }) {
  const { t } = useTranslation('auth')
  return (
    <p className="mt-1">
      <Link
        to={withPlace('/sign-in', redirectTo)}
        reloadDocument
        className="inline-block rounded-sm py-1 font-medium text-accent underline-offset-4 hover:underline"
      >
        {t('code.byPassword')}
      </Link>
    </p>
  )
}
