import type auth from '../../shared/locales/en/auth.json'
import type common from '../../shared/locales/en/common.json'
import type discussions from '../../shared/locales/en/discussions.json'
import type editor from '../../shared/locales/en/editor.json'
import type errors from '../../shared/locales/en/errors.json'
import type library from '../../shared/locales/en/library.json'
import type notifications from '../../shared/locales/en/notifications.json'
import type partnerships from '../../shared/locales/en/partnerships.json'
import type people from '../../shared/locales/en/people.json'
import type protocols from '../../shared/locales/en/protocols.json'
import type search from '../../shared/locales/en/search.json'

// keys are typed from the English files; a unit test holds the Russian ones to the same keys
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      auth: typeof auth
      common: typeof common
      discussions: typeof discussions
      editor: typeof editor
      errors: typeof errors
      library: typeof library
      notifications: typeof notifications
      partnerships: typeof partnerships
      people: typeof people
      protocols: typeof protocols
      search: typeof search
    }
  }
}
