import { createInstance, type i18n, type Resource } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { LANGUAGES, type Language } from '../../shared/languages'
import { untilThere } from './later'

/** Words of the interface by area: one JSON file each in `shared/locales/<lang>`. */
export const NAMESPACES = [
  'common',
  'errors',
  'auth',
  'partnerships',
  'people',
  'protocols',
  'workshops',
  'editor',
  'discussions',
  'library',
  'slides',
  'search',
  'notifications',
  'account',
  'security',
  'invitations',
  'record',
  'privacy',
  'admin',
  'own-data',
  'workshop-after',
  'entering',
  'workshop-registration',
  'room',
  'room-panels',
  'learning',
  'outcomes',
] as const
export type Namespace = (typeof NAMESPACES)[number]

/** Namespaces a route declares in `handle.i18n`; `common` is everywhere. */
export type I18nHandle = {
  i18n?: readonly Namespace[]
  /** The page does everything by links and forms: it is sent without scripts. */
  withoutScripts?: true
}

type Load = (lang: Language, namespace: Namespace) => Promise<object>

/**
 * An i18next instance for one page. The words that a page needs come with it; others are loaded
 * when a part asks for them, and asked for again until they come: a part waits rather than show
 * keys for words.
 */
export async function createI18n(lang: Language, resources: Resource, load?: Load): Promise<i18n> {
  const instance = createInstance()
  if (load) instance.use(backend(load))
  await instance.use(initReactI18next).init({
    lng: lang,
    supportedLngs: [...LANGUAGES],
    fallbackLng: false,
    ns: Object.keys(resources[lang] ?? {}),
    defaultNS: 'common',
    resources,
    partialBundledLanguages: load !== undefined,
    initAsync: false,
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: true },
    returnNull: false,
  })
  return instance
}

function backend(load: Load) {
  return {
    type: 'backend' as const,
    init() {},
    read(
      lang: string,
      namespace: string,
      done: (error: Error | null, words: object | null) => void,
    ) {
      untilThere(() => load(lang as Language, namespace as Namespace)).then((words) =>
        done(null, words),
      )
    },
  }
}
