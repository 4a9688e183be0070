import { useTranslation } from 'react-i18next'
import { NAME_PROBLEMS } from '../../../shared/display-name'

/** What is wrong with a guest's name, in words. @returns nothing where nothing is */
export function useNameFault(): (fault: string | undefined) => string | undefined {
  const { t } = useTranslation('entering')
  return (fault) => {
    if (fault === undefined) return undefined
    return t(`nameFault.${NAME_PROBLEMS.find((each) => each === fault) ?? 'name_needed'}`)
  }
}
