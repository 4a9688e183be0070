import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NAME_PROBLEMS } from '../../../shared/display-name'
import { toLatin } from '../../../shared/name-forms'
import type { PersonName } from '../../../shared/views'
import { Field } from '../../components/field'
import { scriptOf } from '../../lib/names'
import { type Refusal, wrongIn } from '../../lib/refusal'

const FAULTS = [...NAME_PROBLEMS, 'name_latin', 'name_cyrillic'] as const

/** What is wrong with a part of a name, in words. */
function useNameFault(refusal: Refusal | null): (field: string) => string | undefined {
  const { t } = useTranslation('account')
  const wrong = wrongIn(refusal)
  return (field) => {
    const fault = wrong[field]
    if (fault === undefined) return undefined
    return t(`name.fault.${FAULTS.find((each) => each === fault) ?? 'name_characters'}`)
  }
}

type Props = {
  refusal: Refusal | null
  /** As it is stored; what was typed before it was refused goes before it. */
  name?: PersonName
}

/** Family and given name, patronymic where there is one. */
export function OwnNameFields({ refusal, name }: Props) {
  const { t } = useTranslation('account')
  const fault = useNameFault(refusal)
  const value = (field: keyof PersonName) => refusal?.values[field] ?? name?.[field] ?? ''
  return (
    <>
      <Field
        label={t('name.family')}
        name="family"
        autoComplete="family-name"
        required
        defaultValue={value('family')}
        error={fault('family')}
      />
      <Field
        label={t('name.given')}
        name="given"
        autoComplete="given-name"
        required
        defaultValue={value('given')}
        error={fault('given')}
      />
      <Field
        label={t('name.patronymic')}
        name="patronymic"
        autoComplete="additional-name"
        defaultValue={value('patronymic')}
        error={fault('patronymic')}
      />
    </>
  )
}

/** The name for readers of the other script, and how one is addressed. */
export function OtherNameFields({
  refusal,
  name,
  offered,
}: Props & { offered: string | undefined }) {
  const { t } = useTranslation('account')
  const fault = useNameFault(refusal)
  // a name needs no second form in its own script
  const own = name && scriptOf(name)
  const value = (field: keyof PersonName) => refusal?.values[field] ?? name?.[field] ?? ''
  return (
    <>
      {own !== 'en' && (
        <Field
          label={t('name.latin')}
          name="latin"
          lang="en"
          hint={offered ? t('name.latinOffered') : t('name.latinHint')}
          placeholder={offered}
          defaultValue={value('latin')}
          error={fault('latin')}
        />
      )}
      {own !== 'ru' && (
        <Field
          label={t('name.cyrillic')}
          name="cyrillic"
          lang="ru"
          hint={t('name.cyrillicHint')}
          defaultValue={value('cyrillic')}
          error={fault('cyrillic')}
        />
      )}
      <Field
        label={t('name.address')}
        name="address"
        hint={t('name.addressHint')}
        defaultValue={value('address')}
        error={fault('address')}
      />
    </>
  )
}

/** Is one of those fields to be mended, so that it must be seen? */
export function isOtherNameWrong(refusal: Refusal | null): boolean {
  const wrong = wrongIn(refusal)
  return ['latin', 'cyrillic', 'address'].some((field) => field in wrong)
}

/** The passport's Latin form of what is being typed, and what hears the typing. */
export function useOfferedLatin(refusal: Refusal | null, name?: PersonName) {
  const [typed, setTyped] = useState({
    family: refusal?.values.family ?? name?.family ?? '',
    given: refusal?.values.given ?? name?.given ?? '',
  })
  const onInput = ({ target }: FormEvent<HTMLElement>) => {
    if (!(target instanceof HTMLInputElement)) return
    const { name: field, value } = target
    if (field === 'family' || field === 'given') setTyped((all) => ({ ...all, [field]: value }))
  }
  return { offered: toLatin(typed), onInput }
}
