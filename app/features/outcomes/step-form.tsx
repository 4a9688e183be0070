import { Form } from '@remix-run/react'
import { type FormEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../components/button'
import { useOnce } from '../../lib/once'
import type { Refusal } from '../../lib/refusal'
import { AskedForm } from '../privacy/asked-form'

type Props = {
  /** What is sent, its `intent` and `clientKey` among it. */
  fields: Readonly<Record<string, string>>
  /** The fields that tell this form from the others of the page. */
  known: readonly string[]
  refusal: Refusal | null
  /** Element that says of what, where the words on the button alone do not. */
  of?: string
  /** Where the page stays: says what was done. */
  onSubmit?: (event: FormEvent) => void
  /** One of many of the page. */
  isSmall?: boolean
  children: ReactNode
}

/** One step of one press; asked about patient data, the question stands where it was pressed. */
export function StepForm({ fields, known, refusal, of, onSubmit, isSmall, children }: Props) {
  const { t } = useTranslation('outcomes')
  const form = useRef<HTMLFormElement>(null)
  const once = useOnce()
  const isMine = refusal && known.every((name) => refusal.values[name] === fields[name])
  const mine = isMine ? refusal : null
  const sent = { ...fields, ...(mine?.values.clientKey && { clientKey: mine.values.clientKey }) }
  return (
    <Form
      method="post"
      ref={form}
      preventScrollReset
      onSubmit={onSubmit ?? once.guard}
      className={mine ? 'basis-full' : ''}
    >
      {Object.entries(sent).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <AskedForm refusal={mine} form={form} />
      {mine?.refused.code === 'invalid_input' && (
        <p role="alert" className="mb-2 text-[13px] font-medium text-danger">
          {t('tooLong')}
        </p>
      )}
      <Button
        look="quiet"
        aria-describedby={of}
        className={isSmall ? 'min-h-8! px-2.5! py-1! text-[13px]' : ''}
      >
        {children}
      </Button>
    </Form>
  )
}
