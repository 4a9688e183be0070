import type account from '../../shared/locales/en/account.json'
import type admin from '../../shared/locales/en/admin.json'
import type auth from '../../shared/locales/en/auth.json'
import type common from '../../shared/locales/en/common.json'
import type discussions from '../../shared/locales/en/discussions.json'
import type editor from '../../shared/locales/en/editor.json'
import type errors from '../../shared/locales/en/errors.json'
import type invitations from '../../shared/locales/en/invitations.json'
import type library from '../../shared/locales/en/library.json'
import type mail from '../../shared/locales/en/mail.json'
import type notifications from '../../shared/locales/en/notifications.json'
import type ownData from '../../shared/locales/en/own-data.json'
import type partnerships from '../../shared/locales/en/partnerships.json'
import type people from '../../shared/locales/en/people.json'
import type privacy from '../../shared/locales/en/privacy.json'
import type protocols from '../../shared/locales/en/protocols.json'
import type record from '../../shared/locales/en/record.json'
import type search from '../../shared/locales/en/search.json'
import type security from '../../shared/locales/en/security.json'

// keys are typed from the English files; a unit test holds the Russian ones to the same keys
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      account: typeof account
      admin: typeof admin
      auth: typeof auth
      common: typeof common
      discussions: typeof discussions
      editor: typeof editor
      errors: typeof errors
      invitations: typeof invitations
      library: typeof library
      mail: typeof mail
      notifications: typeof notifications
      'own-data': typeof ownData
      partnerships: typeof partnerships
      people: typeof people
      privacy: typeof privacy
      protocols: typeof protocols
      record: typeof record
      search: typeof search
      security: typeof security
    }
  }
}
