import { shelfOf } from './tab-shelf'

/**
 * What was written under a name and has not been sent, for this tab to find again.
 *
 * @param name begins with `draft` and whose it is: it goes when they sign out
 * @returns null where there is nothing
 */
export function readDraft(name: string, sharedComputer: boolean): string | null {
  try {
    return shelfOf('tab', sharedComputer).getItem(name)
  } catch {
    return null
  }
}

/** @param text of an empty one nothing is kept */
export function keepDraft(name: string, text: string, sharedComputer: boolean): void {
  try {
    const shelf = shelfOf('tab', sharedComputer)
    if (text === '') shelf.removeItem(name)
    else shelf.setItem(name, text)
  } catch {
    // a browser without storage: what was written still stands on the page
  }
}
