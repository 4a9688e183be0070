import { type ComponentProps, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ACKNOWLEDGED } from '../../../shared/patient-data/kinds'
import { Button } from '../../components/button'
import { useLater } from '../../lib/later'
import type { FormWarning as Warning } from './form-warning'
import { kindsIn } from './kind-words'
import { PlainWarning } from './plain-warning'

// comes when the server has asked
const loadWarning = () => import('./form-warning')

/** In a form that came back with `patient_data`; nothing in any other one. */
export function AskedForm(props: ComponentProps<typeof Warning>) {
  const isAsked = props.refusal?.refused.code === 'patient_data'
  const FormWarning = useLater(loadWarning, isAsked)?.FormWarning
  if (!isAsked) return null
  if (!FormWarning) return <Plain {...props} />
  return (
    <Suspense fallback={<Plain {...props} />}>
      <FormWarning {...props} />
    </Suspense>
  )
}

function Plain({ refusal, also }: ComponentProps<typeof Warning>) {
  const { t } = useTranslation('privacy')
  const kinds = kindsIn(Object.values(refusal?.refused.detail ?? {}).join(' '))
  const keep = (
    <Button look="quiet" name="acknowledged" value={ACKNOWLEDGED}>
      {t('warning.keep')}
    </Button>
  )
  return (
    <>
      <PlainWarning kinds={kinds} keep={keep} />
      {also && <input type="hidden" name={also.name} value={also.value} />}
    </>
  )
}
