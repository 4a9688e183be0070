import { type ComponentProps, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ACKNOWLEDGED } from '../../../shared/patient-data/kinds'
import { Button } from '../../components/button'
import { useLater } from '../../lib/later'
import type { FormWarning as Warning } from './form-warning'
import { kindsIn, useKindWords } from './kind-words'

// comes when the server has asked
const loadWarning = () => import('./form-warning')

/** In a form that came back with `patient_data`; nothing in any other one. */
export function AskedForm(props: ComponentProps<typeof Warning>) {
  const isAsked = props.refusal?.refused.code === 'patient_data'
  const FormWarning = useLater(loadWarning, isAsked)?.FormWarning
  if (!isAsked) return null
  if (!FormWarning) return <PlainWarning {...props} />
  return (
    <Suspense fallback={<PlainWarning {...props} />}>
      <FormWarning {...props} />
    </Suspense>
  )
}

/** The same without scripts, or until they have come: what kind it is, and the second press. */
function PlainWarning({ refusal, also }: ComponentProps<typeof Warning>) {
  const { t } = useTranslation('privacy')
  const words = useKindWords()
  const kinds = kindsIn(Object.values(refusal?.refused.detail ?? {}).join(' '))
  return (
    <div
      role="alert"
      data-patient-warning=""
      className="grid justify-items-start gap-2 rounded-lg border-l-[3px] border-drift bg-drift-wash px-3.5 py-2.5 text-[13px]"
    >
      <p className="font-semibold">{t('warning.title', { kinds: words(kinds) })}</p>
      <p className="text-ink-2">{t('warning.why')}</p>
      <Button look="quiet" name="acknowledged" value={ACKNOWLEDGED}>
        {t('warning.keep')}
      </Button>
      {also && <input type="hidden" name={also.name} value={also.value} />}
    </div>
  )
}
