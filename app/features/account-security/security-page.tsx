import { useTranslation } from 'react-i18next'
import type { SecondFactors } from '../../../server/services/second-factors'
import type { SessionView } from '../../../server/services/sessions'
import type { Refusal } from '../../lib/refusal'
import { SecondFactorsSection } from '../second-factors/second-factors-section'
import { PasswordCard, type PasswordState } from './password-card'
import { SessionsCard } from './sessions-card'

type Props = {
  password: PasswordState
  factors: SecondFactors
  sessions: readonly SessionView[]
  /** What the last form has done. */
  done: string | null
  refusal: Refusal | null
}

/** How one signs in, and where one is signed in. */
export function SecurityPage({ password, factors, sessions, done, refusal }: Props) {
  const { t } = useTranslation('security')
  const said = DONE[done ?? '']
  return (
    <div className="grid max-w-[720px] gap-6">
      <div>
        <h1 tabIndex={-1}>{t('title')}</h1>
        <p className="mt-1 max-w-[64ch] text-ink-2">{t('lead')}</p>
      </div>
      <p
        role="status"
        className={said && !refusal ? 'rounded-lg bg-wash px-3.5 py-2.5' : 'sr-only'}
      >
        {said && !refusal ? t(said) : ''}
      </p>
      <PasswordCard password={password} refusal={refusal} />
      <SecondFactorsSection factors={factors} />
      <SessionsCard sessions={sessions} refusal={refusal} />
    </div>
  )
}

const DONE: Record<
  string,
  'done.password' | 'done.link' | 'done.session' | 'done.sessions' | undefined
> = {
  password: 'done.password',
  link: 'done.link',
  session: 'done.session',
  sessions: 'done.sessions',
}
