import { type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLanguage, type Language } from '../../../shared/languages'
import { ACKNOWLEDGED } from '../../../shared/patient-data/kinds'
import { Button } from '../../components/button'
import { useReader } from '../../lib/format'
import type { Refusal } from '../../lib/refusal'
import { ClearedLine } from './cleared-line'
import { kindsIn } from './kind-words'
import { PatientWarning } from './patient-warning'

/**
 * In a form that came back with `patient_data`: the fields it is about, and the second press. Without
 * scripts the kinds are named, and the text is changed by hand.
 *
 * @param also of the button that was pressed, where the form has more than one
 */
export function FormWarning({
  refusal,
  form,
  also,
}: {
  refusal: Refusal | null
  form: RefObject<HTMLElement>
  also?: { name: string; value: string }
}) {
  const { t } = useTranslation('privacy')
  const { lang: reader } = useReader()
  const [cleared, setCleared] = useState<Readonly<Record<string, string>>>({})
  useEffect(() => {
    if (refusal) setCleared({})
  }, [refusal])
  if (refusal?.refused.code !== 'patient_data') return null
  const { values, refused } = refusal
  const suspects = Object.entries(refused.detail).map(([name, said]) => ({
    name,
    text: cleared[name] ?? values[name] ?? '',
    lang: langOf(name, values.lang, reader),
    kinds: kindsIn(said),
  }))
  const isClear = suspects.every(({ name }) => cleared[name] !== undefined)
  return (
    <>
      {isClear ? (
        <ClearedLine />
      ) : (
        <PatientWarning
          key={JSON.stringify(refused.detail)}
          suspects={suspects}
          onReplace={(name, text) => {
            if (setField(form.current, name, text)) {
              setCleared((known) => ({ ...known, [name]: text }))
            }
          }}
          keep={
            <Button look="quiet" name="acknowledged" value={ACKNOWLEDGED}>
              {t('warning.keep')}
            </Button>
          }
        />
      )}
      {also && <input type="hidden" name={also.name} value={also.value} />}
    </>
  )
}

function langOf(name: string, lang: string | undefined, reader: Language): Language {
  if (name.endsWith('Ru')) return 'ru'
  if (name.endsWith('En')) return 'en'
  return isLanguage(lang) ? lang : reader
}

/** As if it had been typed, so that whatever follows the field hears of it. */
function setField(within: HTMLElement | null, name: string, text: string): boolean {
  const field = within?.querySelector(`[name="${name}"]`)
  const isArea = field instanceof HTMLTextAreaElement
  if (!isArea && !(field instanceof HTMLInputElement)) return false
  const kind = isArea ? HTMLTextAreaElement : HTMLInputElement
  Object.getOwnPropertyDescriptor(kind.prototype, 'value')?.set?.call(field, text)
  field.dispatchEvent(new Event('input', { bubbles: true }))
  return true
}
