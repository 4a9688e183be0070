import { Form } from '@remix-run/react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../../components/button'
import type { Refusal } from '../../lib/refusal'
import { Refused } from '../sign-in/refused'

type Props = { left: number; isOn: boolean; refusal: Refusal | null }

/** New recovery codes in place of the old. */
export function RecoveryPage({ left, isOn, refusal }: Props) {
  const { t } = useTranslation('security')
  return (
    <div className="max-w-[560px]">
      <h1 tabIndex={-1}>{t('codes.title')}</h1>
      <p className="mt-1 text-ink-2">{t(isOn ? 'codes.lead' : 'codes.none')}</p>
      {isOn && <p className="mt-4 font-semibold">{t('codes.left', { count: left })}</p>}
      <Form method="post" reloadDocument className="mt-5 grid gap-4">
        <Refused refusal={refusal} />
        {isOn && <p>{t('codes.again')}</p>}
        <p className="flex flex-wrap gap-3">
          {isOn && <Button>{t('codes.make')}</Button>}
          <ButtonLink look="quiet" to="/account/security">
            {t('codes.back')}
          </ButtonLink>
        </p>
      </Form>
    </div>
  )
}
