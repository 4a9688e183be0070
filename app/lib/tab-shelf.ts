/** What a tab keeps for one person: posts that were not sent, and what is being written. */
const KEPT = ['unsent', 'draft'] as const

/** What must not outlive the tab is the tab's; a preference is the device's. */
export type Place = 'tab' | 'device'
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** On a shared computer nothing but the open page remembers, and it asks before it is left. */
const memory = new Map<string, string>()
const inMemory: Shelf = {
  getItem: (key) => memory.get(key) ?? null,
  setItem(key, value) {
    memory.set(key, value)
    askBeforeLeaving()
  },
  removeItem(key) {
    memory.delete(key)
    askBeforeLeaving()
  },
}

/**
 * Where something is kept.
 *
 * @throws whatever the browser refuses with
 */
export function shelfOf(place: Place, sharedComputer: boolean): Shelf {
  if (sharedComputer) return inMemory
  return place === 'tab' ? sessionStorage : localStorage
}

/** Are there posts of this person that have not reached the server? */
export function hasUnsent(userId: string): boolean {
  return [...keysOf(userId, memory.keys()), ...storedKeys(userId)].some((key) =>
    key.startsWith('unsent '),
  )
}

/** Leave nothing of this person behind: clinics share their computers. */
export function clearTab(userId: string): void {
  for (const key of storedKeys(userId)) sessionStorage.removeItem(key)
  memory.clear()
  askBeforeLeaving()
}

/** Leave no preference behind either: who used a shared computer is nobody's business. */
export function clearDevice(): void {
  try {
    localStorage.clear()
    sessionStorage.clear()
  } catch {
    // a browser without storage keeps nothing
  }
}

function storedKeys(userId: string): string[] {
  try {
    return keysOf(userId, Object.keys(sessionStorage))
  } catch {
    // a browser without storage keeps nothing
    return []
  }
}

function keysOf(userId: string, keys: Iterable<string>): string[] {
  return [...keys].filter((key) => KEPT.some((kind) => key.startsWith(`${kind} ${userId} `)))
}

/** What only the page has is lost with it; preferences are no loss. */
function askBeforeLeaving(): void {
  const isLoss = [...memory.keys()].some((key) => KEPT.some((kind) => key.startsWith(`${kind} `)))
  if (isLoss) window.addEventListener('beforeunload', ask)
  else window.removeEventListener('beforeunload', ask)
}

function ask(event: Event): void {
  event.preventDefault()
}
