import { useTranslation } from 'react-i18next'

/** Passkeys belong to a name (WebAuthn): at a bare IP address, or by plain http, there are none. */
export function NoPasskeysHere() {
  const { t } = useTranslation('security')
  return t('passkeys.nowhere')
}
