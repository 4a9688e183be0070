import type auth from '../../shared/locales/en/auth.json'
import type common from '../../shared/locales/en/common.json'
import type editor from '../../shared/locales/en/editor.json'
import type errors from '../../shared/locales/en/errors.json'
import type partnerships from '../../shared/locales/en/partnerships.json'
import type people from '../../shared/locales/en/people.json'
import type protocols from '../../shared/locales/en/protocols.json'

// keys are typed from the English files; a unit test holds the Russian ones to the same keys
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      auth: typeof auth
      common: typeof common
      editor: typeof editor
      errors: typeof errors
      partnerships: typeof partnerships
      people: typeof people
      protocols: typeof protocols
    }
  }
}
