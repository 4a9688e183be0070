import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import type { SecondFactors } from '../../../server/services/second-factors'
import { Button } from '../../components/button'
import { Field } from '../../components/field'
import { useFormat } from '../../lib/format'
import { type Refusal, wrongIn } from '../../lib/refusal'
import { Refused } from '../sign-in/refused'
import { NoPasskeysHere } from './no-passkeys-here'
import { PasskeyForm } from './passkey-form'

type PasskeyView = SecondFactors['passkeys'][number]

type Props = {
  factors: SecondFactors
  /** Domain of passkeys at this address; null where there can be none. */
  rpId: string | null
  /** What to call this device, if its browser says what it is. */
  device: string | null
  refusal: Refusal | null
}

/** One's passkeys: each with a name, when it was used, and its end. */
export function PasskeysPage({ factors, rpId, device, refusal }: Props) {
  const { t } = useTranslation('security')
  const { passkeys, totp } = factors
  const isLast = passkeys.length === 1 && totp === null
  return (
    <div className="max-w-[640px]">
      <h1 tabIndex={-1}>{t('passkeys.title')}</h1>
      <p className="mt-1 max-w-[64ch] text-ink-2">{t('passkeys.lead')}</p>
      {passkeys.length === 0 ? (
        <p className="mt-6">{t('passkeys.none')}</p>
      ) : (
        <ul
          aria-label={t('passkeys.list')}
          className="mt-6 divide-y divide-line rounded-card border border-line bg-surface px-4 sheet:px-5"
        >
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              rpId={rpId}
              isLast={isLast}
              refusal={refusal?.values.id === passkey.id ? refusal : null}
            />
          ))}
        </ul>
      )}
      <section aria-labelledby="add-passkey" className="mt-8">
        <h2 id="add-passkey">{t('passkeys.add')}</h2>
        {factors.demo || rpId === null ? (
          <p className="mt-1.5">{factors.demo ? t('factors.demo') : <NoPasskeysHere />}</p>
        ) : (
          <AddForm device={device} refusal={refusal?.values.intent === 'add' ? refusal : null} />
        )}
      </section>
    </div>
  )
}

function AddForm({ device, refusal }: { device: string | null; refusal: Refusal | null }) {
  const { t } = useTranslation('security')
  const isFull = refusal?.refused.detail.why === 'too-many'
  return (
    <>
      <p className="mt-1 mb-4 text-ink-2">
        {t('passkeys.addLead')} {t('passkeys.ward')}
      </p>
      {isFull && (
        <p role="alert" className="mb-4 rounded-lg bg-danger-wash px-3.5 py-2.5">
          {t('passkeys.tooMany')}
        </p>
      )}
      <div className="max-w-[400px]">
        <PasskeyForm
          ceremony="create"
          intent="add"
          refusal={isFull ? null : refusal}
          button={t('passkeys.add')}
        >
          <NameField name={refusal?.values.name ?? device} refusal={refusal} />
        </PasskeyForm>
      </div>
    </>
  )
}

function NameField({ name, refusal }: { name: string | null; refusal: Refusal | null }) {
  const { t } = useTranslation('security')
  return (
    <Field
      label={t('passkeys.name')}
      name="name"
      maxLength={60}
      required
      autoComplete="off"
      hint={t('passkeys.nameHint')}
      defaultValue={name ?? t('passkeys.device')}
      error={'name' in wrongIn(refusal) ? t('passkeys.nameNeeded') : undefined}
    />
  )
}

function PasskeyRow({
  passkey,
  rpId,
  isLast,
  refusal,
}: {
  passkey: PasskeyView
  rpId: string | null
  isLast: boolean
  refusal: Refusal | null
}) {
  const { t } = useTranslation('security')
  const format = useFormat()
  const { createdAt, usedAt, synced } = passkey
  const said = [
    t('passkeys.added', { date: format.date(createdAt) }),
    usedAt ? t('passkeys.used', { date: format.dateTime(usedAt) }) : t('passkeys.unused'),
    ...(synced ? [t('passkeys.synced')] : []),
  ]
  return (
    <li className="py-3.5">
      <h2 className="text-base [overflow-wrap:anywhere]">{passkey.name}</h2>
      <p className="text-[13px] text-ink-2">{said.join(' · ')}</p>
      {rpId !== null && passkey.rpId !== rpId && (
        <p className="text-[13px] text-danger">{t('passkeys.elsewhere', { site: passkey.rpId })}</p>
      )}
      <details open={refusal !== null} className="mt-1.5">
        <summary className="inline-block cursor-pointer rounded-sm py-1 text-[13px] font-medium text-accent underline-offset-4 hover:underline [overflow-wrap:anywhere]">
          {t('passkeys.change', { name: passkey.name })}
        </summary>
        <div className="grid max-w-[400px] gap-4 pt-3 pb-1">
          <Refused refusal={refusal} />
          <Form method="post" reloadDocument noValidate className="grid gap-3">
            <input type="hidden" name="id" value={passkey.id} />
            <NameField name={refusal?.values.name ?? passkey.name} refusal={refusal} />
            <Button look="quiet" name="intent" value="rename" className="justify-self-start">
              {t('passkeys.rename')}
            </Button>
          </Form>
          <Form method="post" reloadDocument className="grid gap-2">
            <input type="hidden" name="id" value={passkey.id} />
            {isLast && <p className="text-[13px]">{t('passkeys.removeLast')}</p>}
            <Button look="danger" name="intent" value="remove" className="justify-self-start">
              {t('passkeys.remove')}
            </Button>
          </Form>
        </div>
      </details>
    </li>
  )
}
