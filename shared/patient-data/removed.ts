import type { Language } from '../languages'

/** What a text has in the place of what was removed from it; pages show it in their reader's words. */
export const REMOVED: Readonly<Record<Language, string>> = {
  en: '[removed: patient data]',
  ru: '[удалено: данные пациента]',
}

/** What a file is called whose name was removed, before its ending. */
export const REMOVED_NAME = 'patient-data-removed'

/** A name for the file that has lost its own; its ending says what it is. */
export function removedName(name: string): string {
  const ending = /\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''
  return `${REMOVED_NAME}${ending.toLowerCase()}`
}
