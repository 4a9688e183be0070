import { useTranslation } from 'react-i18next'
import type { ErrorCode } from '../../../shared/errors'
import { RefusedNotice } from '../../components/refused-notice'
import { goTo } from '../../lib/go-to'
import type { PlanFaults } from './plan-faults'

/** The id of a field of the plan's form, by its name. */
export const fieldId = (name: string) => `plan.${name}`

/** What is wrong with a field, in words; nothing where it is right. */
export function useFaultWords(faults: PlanFaults): (name: string) => string | undefined {
  const { t } = useTranslation('workshops')
  return (name) => faults[name] && t(`form.wrong.${faults[name]}`)
}

/** Above the form: what is to be mended, or why it was not taken. */
export function PlanRefused({ code, faults }: { code: ErrorCode | null; faults: PlanFaults }) {
  if (Object.keys(faults).length > 0) return <FaultList faults={faults} />
  return <RefusedNotice code={code} />
}

/** All that is to be mended in a long form, with a way to each place. */
function FaultList({ faults }: { faults: PlanFaults }) {
  const { t } = useTranslation(['workshops', 'errors'])
  const labelOf = useLabels()
  const say = useFaultWords(faults)
  return (
    <div
      role="alert"
      tabIndex={-1}
      className="rounded-lg border-l-[3px] border-danger bg-danger-wash px-3.5 py-2.5"
    >
      <p className="font-semibold">{t('errors:invalid_input')}</p>
      <p className="text-[13px]">{t('errors:invalid_input_advice')}</p>
      <ul className="mt-2 grid gap-1 text-[13px]">
        {Object.keys(faults).map((name) => (
          <li key={name}>
            <a
              href={`#${fieldId(name)}`}
              onClick={(event) => goTo(event, fieldId(name))}
              className="inline-block py-0.5 underline underline-offset-4"
            >
              {[labelOf(name), say(name)].filter(Boolean).join(': ')}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Where it is: the field's own label, or the row that it stands in. */
export function useLabels() {
  const { t } = useTranslation('workshops')
  const labels: Readonly<Record<string, string>> = {
    titleEn: t('form.titleEn'),
    titleRu: t('form.titleRu'),
    objectivesEn: t('form.objectivesEn'),
    objectivesRu: t('form.objectivesRu'),
    startsOn: t('form.date'),
    startsTime: t('form.time'),
    times: t('form.times'),
    mode: t('form.mode'),
    placeEn: t('form.placeEn'),
    placeRu: t('form.placeRu'),
    audience: t('form.audience'),
    facilitators: t('form.facilitators'),
    capacity: t('form.capacity'),
    materials: t('form.materials'),
    phone: t('form.phone'),
    consentEn: t('form.consentEn'),
    consentRu: t('form.consentRu'),
    accreditationEn: t('form.accreditationEn'),
    accreditationRu: t('form.accreditationRu'),
    scope: t('scope.which'),
  }
  return (name: string) => {
    const [part, at] = name.split('.')
    const number = Number(at) + 1
    if (part === 'agenda') return t('form.inRow', { number })
    if (part === 'channels') return t('form.channel', { number })
    return labels[name]
  }
}
