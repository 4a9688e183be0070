/** Names of fields by which a form would say what only the server knows; none of our forms has them. */
const CLAIMS: ReadonlySet<string> = new Set([
  '_id',
  '__proto__',
  'constructor',
  'accessVersion',
  'authorId',
  'emailVerified',
  'isAdmin',
  'ownerId',
  'partnership',
  'partnershipId',
  'passwordHash',
  'programmeAdmin',
  'role',
  'userId',
])

const ignored = new WeakMap<Request, string[]>()

/** Remember which such fields came with a form that has no use for them. */
export function rememberIgnored(request: Request, sent: object, taken: unknown): void {
  const known = typeof taken === 'object' && taken !== null ? taken : {}
  const names = Object.keys(sent).filter((name) => CLAIMS.has(name) && !Object.hasOwn(known, name))
  if (names.length > 0) ignored.set(request, names)
}

/** What was ignored, in our own words for it; empty for every form of ours. */
export function ignoredIn(request: Request): readonly string[] {
  return ignored.get(request) ?? []
}
