import { useTranslation } from 'react-i18next'

/**
 * When it makes sense to try again, in words.
 *
 * @param seconds as a refusal's detail has it
 * @returns null where nothing says so
 */
export function useWait(seconds: string | undefined): string | null {
  const { t } = useTranslation('errors')
  const count = Number(seconds)
  if (!(count > 0)) return null
  return count > 90
    ? t('page.waitMinutes', { count: Math.ceil(count / 60) })
    : t('page.waitSeconds', { count })
}
