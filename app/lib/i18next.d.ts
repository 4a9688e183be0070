import type account from '../../shared/locales/en/account.json'
import type admin from '../../shared/locales/en/admin.json'
import type auth from '../../shared/locales/en/auth.json'
import type common from '../../shared/locales/en/common.json'
import type discussions from '../../shared/locales/en/discussions.json'
import type editor from '../../shared/locales/en/editor.json'
import type entering from '../../shared/locales/en/entering.json'
import type errors from '../../shared/locales/en/errors.json'
import type invitations from '../../shared/locales/en/invitations.json'
import type learning from '../../shared/locales/en/learning.json'
import type library from '../../shared/locales/en/library.json'
import type mail from '../../shared/locales/en/mail.json'
import type notifications from '../../shared/locales/en/notifications.json'
import type outcomes from '../../shared/locales/en/outcomes.json'
import type ownData from '../../shared/locales/en/own-data.json'
import type papers from '../../shared/locales/en/papers.json'
import type partnerships from '../../shared/locales/en/partnerships.json'
import type people from '../../shared/locales/en/people.json'
import type privacy from '../../shared/locales/en/privacy.json'
import type protocols from '../../shared/locales/en/protocols.json'
import type record from '../../shared/locales/en/record.json'
import type room from '../../shared/locales/en/room.json'
import type roomPanels from '../../shared/locales/en/room-panels.json'
import type search from '../../shared/locales/en/search.json'
import type security from '../../shared/locales/en/security.json'
import type slides from '../../shared/locales/en/slides.json'
import type workshopAfter from '../../shared/locales/en/workshop-after.json'
import type workshopRegistration from '../../shared/locales/en/workshop-registration.json'
import type workshops from '../../shared/locales/en/workshops.json'

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
      entering: typeof entering
      errors: typeof errors
      invitations: typeof invitations
      learning: typeof learning
      library: typeof library
      mail: typeof mail
      notifications: typeof notifications
      outcomes: typeof outcomes
      'own-data': typeof ownData
      papers: typeof papers
      partnerships: typeof partnerships
      'workshop-after': typeof workshopAfter
      people: typeof people
      privacy: typeof privacy
      protocols: typeof protocols
      workshops: typeof workshops
      'workshop-registration': typeof workshopRegistration
      record: typeof record
      room: typeof room
      'room-panels': typeof roomPanels
      search: typeof search
      security: typeof security
      slides: typeof slides
    }
  }
}
