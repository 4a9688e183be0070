import { useTranslation } from 'react-i18next'

const FAULTS = [
  'name_needed',
  'name_long',
  'name_hidden',
  'name_characters',
  'name_mixed',
  'name_reserved',
] as const

/** What is wrong with a guest's name, in words. @returns nothing where nothing is */
export function useNameFault(): (fault: string | undefined) => string | undefined {
  const { t } = useTranslation('entering')
  return (fault) => {
    if (fault === undefined) return undefined
    return t(`nameFault.${FAULTS.find((each) => each === fault) ?? 'name_needed'}`)
  }
}
