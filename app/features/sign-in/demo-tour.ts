import type { DemoAccountView } from '../../../shared/views'

/** Everybody's in the demonstration, and nobody's elsewhere. */
export const DEMO_PASSWORD = 'twinward-demo'

/** What to try with each account, by the part of its address before the @; keys of `auth:demo.try`. */
const TIPS = {
  'physician.ru': 'physicianRu',
  'physician.us': 'physicianUs',
  reviewer: 'reviewer',
  'coordinator.ru': 'coordinatorRu',
  'coordinator.us': 'coordinatorUs',
  viewer: 'viewer',
  observer: 'observer',
  admin: 'admin',
  stranger: 'stranger',
} as const
export type DemoTip = (typeof TIPS)[keyof typeof TIPS]

/** The tip for an account, if the tour has one. */
export function tipFor(account: Pick<DemoAccountView, 'email'>): DemoTip | undefined {
  const key = account.email.split('@')[0] ?? ''
  return isInTour(key) ? TIPS[key] : undefined
}

function isInTour(key: string): key is keyof typeof TIPS {
  return Object.hasOwn(TIPS, key)
}

export type DemoGroup = { tone: 'a' | 'b' | null; accounts: DemoAccountView[] }

const GROUPS: readonly DemoGroup['tone'][] = ['a', 'b', null]

/** The two sides of the pair that the tour is about (its first account's), then everybody else. */
export function groupsOf(accounts: readonly DemoAccountView[]): DemoGroup[] {
  const pair = accounts[0]?.partnership?.en
  const toneOf = (account: DemoAccountView) =>
    account.partnership?.en === pair ? account.tone : null
  return GROUPS.map((tone) => ({
    tone,
    accounts: accounts.filter((account) => toneOf(account) === tone),
  })).filter((group) => group.accounts.length > 0)
}
