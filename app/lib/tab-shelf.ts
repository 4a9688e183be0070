/** What a tab keeps for one person: posts that were not sent, and what is being written. */
const KEPT = ['unsent', 'draft'] as const

/** Are there posts of this person that have not reached the server? */
export function hasUnsent(userId: string): boolean {
  return keysOf(userId).some((key) => key.startsWith('unsent '))
}

/** Leave nothing of this person behind: clinics share their computers. */
export function clearTab(userId: string): void {
  for (const key of keysOf(userId)) sessionStorage.removeItem(key)
}

function keysOf(userId: string): string[] {
  try {
    return Object.keys(sessionStorage).filter((key) =>
      KEPT.some((kind) => key.startsWith(`${kind} ${userId} `)),
    )
  } catch {
    // a browser without storage keeps nothing
    return []
  }
}
